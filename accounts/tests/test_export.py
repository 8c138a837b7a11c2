"""Asking for everything one has here: who may, how often, and for how long it is there."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import closing, exporting, keys, ledger
from accounts.archive import lines
from accounts.models import AuditEntry, Export
from accounts.signals import account_exporting
from accounts.tests.factories import PASSWORD, make_key, make_user
from accounts.tests.test_ledger_races import at_once

pytestmark = pytest.mark.django_db
EXPORT = "/api/v1/me/export"
PROOF = {"username": "somchai", "password": PASSWORD}
FACTS = {"id", "status", "url", "bytes", "asked_at", "expires_at"}


@pytest.fixture
def browser(user):
    browser = APIClient()
    browser.force_login(user)
    return browser


def built(user) -> Export:
    """An archive as a worker leaves it; its file is not there."""
    export = exporting.ask(user)
    exporting.hand_over(export, file=f"exports/{export.pk}.zip", size=1000)
    return export


def late(export: Export) -> None:
    Export.objects.filter(pk=export.pk).update(expires_at=timezone.now() - timedelta(seconds=1))


def document(user, name: str):
    found = {part.name: part for part in exporting.own_parts(user)}
    return json.loads(b"".join(lines(found[name].rows)))


def test_asking_is_accepted_and_says_where_to_look(browser, user):
    answer = browser.post(EXPORT)
    assert answer.status_code == 202
    assert answer["Location"] == f"http://127.0.0.1:8000{EXPORT}"
    assert answer["Retry-After"] == "5"
    assert answer.json().keys() == FACTS
    assert (answer.json()["status"], answer.json()["url"]) == ("building", None)
    assert browser.get(EXPORT).json() == answer.json()
    assert AuditEntry.objects.filter(user=user, action="export_asked").count() == 1


def test_username_and_password_in_the_body_are_enough(api, user):
    assert api.post(EXPORT, PROOF, format="json").status_code == 202
    assert api.generic("GET", EXPORT, json.dumps(PROOF), content_type="application/json").status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_key_takes_everything_along(client_with_key, method):
    assert getattr(client_with_key, method)(EXPORT).status_code == 403
    assert not Export.objects.exists()


def test_a_stranger_is_asked_who_they_are(api, user):
    assert api.post(EXPORT).status_code == 401
    assert api.post(EXPORT, {**PROOF, "password": "wrong"}, format="json").status_code == 401
    assert api.post(EXPORT, {**PROOF, "format": "tar"}, format="json").status_code == 400


def test_who_never_asked_has_none(browser):
    assert browser.get(EXPORT).status_code == 404


def test_asking_again_meanwhile_begins_no_second_one(browser):
    first = browser.post(EXPORT).json()["id"]
    assert browser.post(EXPORT).json()["id"] == first
    assert Export.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_asking_twenty_times_at_once_begins_one():
    user = make_user()
    assert len({export.pk for export in at_once(lambda: exporting.ask(user))}) == 1


def test_nobody_asks_for_more_than_ten_a_day(browser):
    assert {browser.post(EXPORT).status_code for _time in range(10)} == {202}
    assert browser.post(EXPORT).status_code == 429


def test_one_that_is_ready_has_an_address_for_a_week(browser, user):
    export = built(user)
    told = browser.get(EXPORT).json()
    assert (told["status"], told["bytes"]) == ("ready", 1000)
    export.refresh_from_db()
    assert timedelta(days=6, hours=23) < export.expires_at - timezone.now() <= timedelta(days=7)
    assert told["url"].startswith("http://127.0.0.1:8000/api/v1/me/export/file?token=")


def test_whoever_has_the_address_may_fetch_it_without_signing_in(browser, api, user):
    built(user)
    answer = api.get(browser.get(EXPORT).json()["url"])
    assert answer.status_code == 302
    assert f"{Export.objects.get().pk}.zip" in answer["Location"]
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("token", ["", "x", "0" * 32 + ":bad", "a" * 201])
def test_an_address_that_somebody_made_up_leads_nowhere(api, token):
    assert api.get(f"{EXPORT}/file", {"token": token}).status_code in (400, 404)


def test_after_a_week_it_is_told_as_gone_and_is_gone(browser, api, user):
    export = built(user)
    url = browser.get(EXPORT).json()["url"]
    late(export)
    assert (browser.get(EXPORT).json()["status"], browser.get(EXPORT).json()["url"]) == ("expired", None)
    assert api.get(url).status_code == 404


def test_a_new_one_takes_the_place_of_the_one_before(user):
    old = built(user)
    new = exporting.ask(user)
    assert exporting.latest(user) == new
    assert exporting.hand_over(new, file="exports/new.zip", size=1) == [f"exports/{old.pk}.zip"]
    assert list(Export.objects.all()) == [new]


def test_one_that_failed_does_not_stop_the_next(browser, user):
    exporting.give_up(exporting.ask(user))
    assert browser.get(EXPORT).json()["status"] == "failed"
    assert browser.post(EXPORT).json()["status"] == "building"


def test_a_worker_whose_claim_was_taken_over_hands_nothing_over(user):
    exporting.ask(user)
    slow = Export.objects.claim(lease=timedelta(seconds=-1))
    quick = Export.objects.claim(lease=timedelta(minutes=1))
    assert exporting.hand_over(slow, file="exports/slow.zip", size=1) is None
    assert exporting.hand_over(quick, file="exports/quick.zip", size=1) == []


def test_a_closed_account_has_no_archives(browser, api, user):
    built(user)
    url = browser.get(EXPORT).json()["url"]
    waiting = exporting.ask(user)
    closing.close(user)
    assert not Export.objects.exists()
    assert api.get(url).status_code == 404
    assert exporting.hand_over(waiting, file="exports/late.zip", size=1) is None


def test_it_says_who_the_person_is_and_what_they_own(user):
    user.email = "somchai@example.org"
    user.save()
    told = document(user, "account.json")
    assert (told["username"], told["email"]) == ("somchai", "somchai@example.org")
    assert told["credits"] == {"balance": 500, "held": 0, "available": 500}


def test_it_has_every_key_and_no_secret(user, api_key):
    row, secret = api_key
    keys.revoke(make_key(user)[0])
    told = document(user, "keys.json")
    assert [(key["name"], key["spent"], bool(key["revoked_at"])) for key in told] == [
        ("test", 0, True),
        ("test", 0, False),
    ]
    assert told[1]["prefix"] == row.prefix
    assert secret not in str(told)
    assert row.digest not in str(told)
    assert user.password not in str(list(map(vars, exporting.own_parts(user))))


def test_it_has_the_whole_statement(user):
    ledger.grant(user=user, amount=Decimal("9.50"), reason="gift")
    told = [(row["kind"], row["amount"], row["reason"]) for row in document(user, "ledger.json")]
    assert told == [("grant", 9.5, "gift"), ("grant", 500, "starting credits")]


def test_it_has_what_the_audit_says_of_the_person_and_of_nobody_else(user, api_key):
    make_key(make_user("malee"))
    told = document(user, "audit.json")
    assert [(row["action"], row["key__prefix"]) for row in told] == [("key_issued", api_key[0].prefix)]


def test_every_room_adds_what_it_knows(user):
    heard = []

    def room(sender, user, **_kwargs):
        heard.append((user, connection.in_atomic_block))
        return ["a part"]

    account_exporting.connect(room)
    try:
        assert "a part" in list(exporting.parts(user))
    finally:
        account_exporting.disconnect(room)
    assert heard[0][0] == user
