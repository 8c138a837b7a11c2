"""Every movement of credits, in pages and as a table."""

import csv
import io
import uuid
from decimal import Decimal

import pytest

from accounts import ledger
from accounts.models import LedgerEntry
from accounts.tests.factories import make_user
from smartspec.lib import cursors

pytestmark = pytest.mark.django_db
CREDITS = "/api/v1/me/credits"

SOME_ID = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def history(user):
    """500 granted; 100 held and paid with 60.5; 20 held and returned; 1 held."""
    paid = ledger.hold(user=user, amount=Decimal(100), reference=uuid.uuid4())
    ledger.capture(paid, amount=Decimal("60.5"))
    returned = ledger.hold(user=user, amount=Decimal(20), reference=uuid.uuid4())
    ledger.release(returned, reason="provider_error")
    ledger.hold(user=user, amount=Decimal(1), reference=uuid.uuid4())
    return user


def ids(answer) -> list[str]:
    return [row["id"] for row in answer.json()["results"]]


def test_the_statement_is_newest_first_and_adds_up(client_with_key, history):
    rows = client_with_key.get(CREDITS).json()["results"]
    assert [(row["kind"], row["amount"], row["available_change"]) for row in rows] == [
        ("hold", 1, -1),
        ("release", 20, 20),
        ("hold", 20, -20),
        ("capture", 60.5, 39.5),
        ("hold", 100, -100),
        ("grant", 500, 500),
    ]
    assert sum(row["available_change"] for row in rows) == 438.5 == ledger.balance_of(history).available


def test_an_entry_names_its_task_and_its_reason(client_with_key, history):
    release = client_with_key.get(CREDITS).json()["results"][1]
    assert release["reason"] == "provider_error"
    assert release["reference"] == str(LedgerEntry.objects.get(kind="release").reference)
    assert release["created_at"].endswith("Z")


def test_pages_walk_to_the_end_and_back(client_with_key, history):
    everything = ids(client_with_key.get(CREDITS))
    first = client_with_key.get(f"{CREDITS}?limit=4")
    assert first.json()["previous"] is None
    second = client_with_key.get(first.json()["next"])
    assert ids(first) + ids(second) == everything
    assert second.json()["next"] is None
    back = client_with_key.get(second.json()["previous"])
    assert ids(back) == ids(first)
    assert back.json()["previous"] is None


def test_a_page_stays_where_it_is_when_new_entries_arrive(client_with_key, history):
    first = client_with_key.get(f"{CREDITS}?limit=2")
    before = ids(client_with_key.get(first.json()["next"]))
    ledger.grant(user=history, amount=Decimal(5), reason="later")
    assert ids(client_with_key.get(first.json()["next"])) == before


def test_a_statement_without_entries_is_empty(api):
    api.force_login(make_user(credits="0"))
    assert api.get(CREDITS).json() == {"results": [], "next": None, "previous": None}


def test_nobody_sees_the_entries_of_others(client_with_key, user):
    make_user("malee")
    assert len(ids(client_with_key.get(CREDITS))) == 1


def test_a_page_costs_one_query_beside_the_key(client_with_key, history, django_assert_num_queries):
    client_with_key.get(CREDITS)
    with django_assert_num_queries(2):
        client_with_key.get(CREDITS)


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=101",
        "limit=many",
        "limit=1&limit=2",
        "offset=5",
        "format=xml",
        "cursor=%00",
        "cursor=AAAA",
        "cursor=ก",
        "cursor=" + cursors.pack("sideways", "2026-01-01T00:00:00+00:00", SOME_ID),
        "cursor=" + cursors.pack("older", "2026-01-01T00:00:00", SOME_ID),
        "cursor=" + cursors.pack("older", "0001-01-01T00:00:00+14:00", SOME_ID),
        "cursor=" + cursors.pack("older", "yesterday", SOME_ID),
        "cursor=" + cursors.pack("older", "2026-01-01T00:00:00+00:00", "7"),
        "cursor=" + cursors.pack("older"),
    ],
)
def test_a_query_that_does_not_fit_is_400(client_with_key, query):
    answer = client_with_key.get(f"{CREDITS}?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"]


def test_the_table_is_the_whole_statement(client_with_key, history):
    answer = client_with_key.get(f"{CREDITS}?format=csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert [row["kind"] for row in rows] == ["hold", "release", "hold", "capture", "hold", "grant"]
    assert sum(Decimal(row["available_change"]) for row in rows) == Decimal("438.5")


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_reason_cannot_run_in_a_spreadsheet(client_with_key, user, start):
    ledger.grant(user=user, amount=Decimal(1), reason=f"{start}1+1")
    answer = client_with_key.get(f"{CREDITS}?format=csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert rows[0]["reason"] == f"'{start}1+1"
