"""The admin's lists where every table holds 100,000 rows: what PostgreSQL reads to answer them."""

import json
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gallery.tests.factories import make_staff
from smartspec.tests import full_tables

pytestmark = [
    pytest.mark.postgres_only(reason="SQLite tells no program how many rows it reads"),
    pytest.mark.django_db,
]
ROWS = 100_000
MOST_QUERIES = 10
MOST_READ = 10_000  # rows by one statement: a list counts to 1,000, which lie among some thousand
PEOPLE, KEYS, LEDGER, AUDIT = (
    f"/admin/accounts/{name}/" for name in ("user", "apikey", "ledgerentry", "auditentry")
)
WORKS, REPORTS, PLACES = (f"/admin/gallery/{name}/" for name in ("item", "report", "reservation"))
TASKS = "/admin/generation/generationtask/"
SOMEBODY = "10000000-0000-4000-8000-000000000309"  # the 777th
LISTS = (
    *(f"{PEOPLE}{query}" for query in ("", "?is_staff__exact=1", "?is_active__exact=0", "?q=maker-777")),
    *(f"{PEOPLE}?q={term}" for term in ("p", "MAKER-9@ex", "zebra", SOMEBODY)),
    *(f"{KEYS}{query}" for query in ("", "?revoked_at__isempty=0", "?q=ss_live_00abc", "?q=maker-777")),
    *(f"{LEDGER}{query}" for query in ("", "?kind__exact=grant", "?q=maker-777")),
    f"{LEDGER}?account__exact={SOMEBODY}",
    *(f"{AUDIT}{query}" for query in ("", "?action__exact=locked_out", "?q=maker-777", "?q=r-777")),
    *(f"{WORKS}{query}" for query in ("", "?q=boat-777", "?q=b", "?q=zebra", f"?q={SOMEBODY}")),
    *(f"{WORKS}?status={state}" for state in ("all", "approved", "rejected", "removed")),
    f"{WORKS}?status=all&is_featured__exact=1",
    f"{WORKS}?status=all&rating__exact=sensitive",
    f"{WORKS}?status=all&media_type__exact=audio",
    f"{WORKS}?status=all&language__exact=th",
    *(f"{WORKS}moderate/{query}" for query in ("", "?sort=newest", "?state=reported", "?state=approved")),
    *(f"{REPORTS}{query}" for query in ("", "?state=closed", "?reason__exact=hate")),
    f"{REPORTS}?state=closed&reason__exact=hate",
    PLACES,
    TASKS,
    f"{TASKS}?q=ext-777",
    f"{TASKS}?q={SOMEBODY}",
)


def nodes(plan: dict) -> Iterator[dict]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


def read_by(sql: str) -> int:
    """How many rows of tables and indexes this statement looks at."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}")
        [document] = cursor.fetchone()
    document = json.loads(document) if isinstance(document, str) else document
    return sum(
        node["Actual Loops"] * (node["Actual Rows"] + node.get("Rows Removed by Filter", 0))
        for node in nodes(document[0]["Plan"])
        if "Scan" in node["Node Type"]
    )


def faults(client, path: str) -> list:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    statements = [query["sql"] for query in asked.captured_queries if query["sql"].startswith("SELECT")]
    many = [(read, sql[:3000]) for sql in statements if (read := read_by(sql)) > MOST_READ]
    return many + ([len(asked)] if len(asked) > MOST_QUERIES and "moderate" not in path else [])


def test_every_list_asks_little_and_reads_little_of_full_tables(client):
    full_tables.fill(full_tables.originals(), range(1, ROWS + 1))
    client.force_login(make_staff())
    assert {path: found for path in LISTS if (found := faults(client, path))} == {}
