"""Who did what to an account, from where and in which request."""

import pytest
from django.test import RequestFactory

from accounts import keys, sign_in
from accounts.errors import LockedOut, WrongCredentials
from accounts.models import AuditEntry
from accounts.tests.factories import HOME, PASSWORD, make_key, make_user

pytestmark = pytest.mark.django_db
ADMIN = "/admin/accounts/auditentry/"
ELSEWHERE = "198.51.100.7"


def told(**wanted) -> list[tuple]:
    """(what, who, object, address), oldest first."""
    rows = AuditEntry.objects.filter(**wanted).order_by("pk").select_related("user")
    return [(row.action, row.user and row.user.username, row.object, row.address) for row in rows]


def test_signing_in_and_the_key_it_gives_are_told_with_their_request(api, user):
    body = {"username": "somchai", "password": PASSWORD, "name": "laptop"}
    api.post("/api/v1/auth/token", body, format="json", HTTP_X_REQUEST_ID="request-0001")
    assert told(request_id="request-0001") == [
        ("signed_in", "somchai", "", HOME),
        ("key_issued", "somchai", "laptop", HOME),
    ]
    assert AuditEntry.objects.get(action="key_issued").key == user.api_keys.get()


def test_a_wrong_password_is_not_told_but_the_lock_out_is_once(user):
    request = RequestFactory().post("/", REMOTE_ADDR=ELSEWHERE)
    for _time in range(14):
        with pytest.raises((WrongCredentials, LockedOut)):
            sign_in.check(request, username="somchai", password="wrong")
    assert told() == [("locked_out", "somchai", "somchai", ELSEWHERE)]


def test_a_lock_out_on_a_name_that_nobody_has_is_told_too(db):
    for _time in range(11):
        with pytest.raises((WrongCredentials, LockedOut)):
            sign_in.check(RequestFactory().post("/"), username="n" * 300, password="wrong")
    assert told() == [("locked_out", None, "n" * 200, HOME)]


def test_the_first_use_of_a_key_from_each_address_is_told(api, user):
    _row, secret = make_key(user)
    for address in (HOME, ELSEWHERE, ELSEWHERE, "203.0.113.5", ELSEWHERE):
        api.get("/api/v1/me", HTTP_X_API_KEY=secret, REMOTE_ADDR=address)
    assert told(action="key_new_address") == [
        ("key_new_address", "somchai", "", ELSEWHERE),
        ("key_new_address", "somchai", "", "203.0.113.5"),
    ]


def test_a_known_address_costs_nothing(user, django_assert_num_queries):
    row, secret = make_key(user)
    keys.find(secret, address=ELSEWHERE)
    with django_assert_num_queries(1):
        assert keys.find(secret, address=ELSEWHERE) == row


def test_a_key_that_travels_far_is_told_once_per_address(user):
    row, secret = make_key(user)
    for _round in range(2):
        for number in range(30):
            keys.find(secret, address=f"203.0.113.{number}")
    assert AuditEntry.objects.filter(action="key_new_address").count() == 30
    row.refresh_from_db()
    assert len(row.addresses) == 20


def test_revoking_is_told_with_who_did_it(client, staff, user):
    mine, _secret = make_key(user)
    theirs, _secret = make_key(user)
    client.force_login(user)
    client.delete(f"/api/v1/me/keys/{mine.pk}")
    client.force_login(staff)
    order = {"action": "revoke", "_selected_action": [theirs.pk], "apply": "1", "reason": "leaked"}
    client.post("/admin/accounts/apikey/", order)
    assert told(action="key_revoked") == [
        ("key_revoked", "somchai", "test", HOME),
        ("key_revoked", "anong", "test", HOME),
    ]


def test_revoking_twice_is_told_once(api_key):
    keys.revoke(api_key[0])
    keys.revoke(api_key[0])
    assert len(told(action="key_revoked")) == 1


def test_a_changed_password_is_told(client, user):
    client.force_login(user)
    new = "another long sentence"
    form = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    client.post("/accounts/password", form)
    assert told() == [("password_changed", "somchai", "", HOME)]


def test_a_grant_is_told_with_who_gave_and_to_whom(client, staff, user):
    client.force_login(staff)
    order = {"action": "grant_credits", "_selected_action": [user.pk], "apply": "1"}
    client.post("/admin/accounts/user/", {**order, "amount": "25.5", "reason": "workshop"})
    assert told() == [("credits_granted", "anong", f"25.5 to {user.pk}", HOME)]


@pytest.mark.parametrize("word", ["somchai", ELSEWHERE, "request-0001", "ss_live_"])
def test_staff_find_an_entry_by_person_address_request_and_key(client, staff, user, word):
    _row, secret = make_key(user)
    client.get(
        "/api/v1/me",
        headers={"X-API-Key": secret, "X-Request-Id": "request-0001"},
        REMOTE_ADDR=ELSEWHERE,
    )
    make_user("malee")
    client.force_login(staff)
    page = client.get(f"{ADMIN}?q={word}").content.decode()
    assert ELSEWHERE in page


def test_the_list_costs_the_same_for_one_and_for_many(client, staff, user, django_assert_max_num_queries):
    for _number in range(10):
        make_key(user)
    client.force_login(staff)
    with django_assert_max_num_queries(8):
        client.get(ADMIN)


def test_entries_are_only_read(client, staff, api_key):
    client.force_login(staff)
    entry = AuditEntry.objects.get()
    assert client.get(f"{ADMIN}{entry.pk}/change/").status_code == 200
    assert client.post(f"{ADMIN}{entry.pk}/change/", {"object": "x"}).status_code == 403
    assert client.post(f"{ADMIN}{entry.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.get(f"{ADMIN}add/").status_code == 403
