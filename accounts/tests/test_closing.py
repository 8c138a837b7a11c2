"""An account is closed for good: the person goes, the ledger stays."""

import uuid
from decimal import Decimal

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.db import connection
from rest_framework.test import APIClient

from accounts import closing, devices, keys, ledger
from accounts.errors import AccountClosed
from accounts.models import ApiKey, AuditEntry, CreditAccount, User
from accounts.signals import account_closing
from accounts.tests.factories import PASSWORD, make_key, make_user
from accounts.tests.test_ledger_races import at_once, entries

pytestmark = pytest.mark.django_db
ME = "/api/v1/me"
PROOF = {"username": "somchai", "password": PASSWORD}


@pytest.fixture
def listening():
    """Connects a receiver for the length of a test."""
    connected = []

    def connect(receiver):
        account_closing.connect(receiver)
        connected.append(receiver)

    yield connect
    for receiver in connected:
        account_closing.disconnect(receiver)


def test_username_and_password_in_the_body_close_the_account(api, user):
    answer = api.delete(ME, PROOF, format="json")
    assert answer.status_code == 202
    assert answer.json()["id"] == str(user.pk)
    assert answer.json()["closed_at"].endswith("Z")
    assert api.delete(ME, PROOF, format="json").status_code == 401


def test_a_session_closes_it_too_and_is_over_then(client, user):
    client.force_login(user)
    assert client.delete(ME).status_code == 202
    assert client.get(ME).status_code == 401


def test_every_other_session_is_over_as_well(client, api, user):
    client.force_login(user)
    api.delete(ME, PROOF, format="json")
    assert client.get(ME).status_code == 401


def test_a_form_from_elsewhere_closes_nothing(user):
    browser = APIClient(enforce_csrf_checks=True)
    browser.force_login(user)
    assert browser.delete(ME).status_code == 403
    assert User.objects.get(pk=user.pk).is_active


def test_a_key_closes_nothing(client_with_key):
    assert client_with_key.delete(ME).status_code == 403
    assert User.objects.get().is_active


@pytest.mark.parametrize(
    "body, status",
    [
        ({}, 401),
        ({"username": "somchai", "password": "wrong"}, 401),
        ({"username": "somchai"}, 401),
        ({**PROOF, "sure": True}, 400),
    ],
)
def test_without_a_whole_proof_nothing_is_closed(api, user, body, status):
    assert api.delete(ME, body, format="json").status_code == status
    assert User.objects.get().username == "somchai"


@pytest.mark.parametrize("half", ["username", "password"])
def test_half_a_proof_is_not_made_whole_by_a_session(api, user, half):
    api.force_login(user)
    assert api.delete(ME, {half: PROOF[half]}, format="json").status_code == 400
    assert User.objects.get().is_active


def test_whoever_gives_a_password_means_that_account_and_not_the_browser_s(api, user):
    malee = make_user("malee")
    api.force_login(malee)
    api.delete(ME, PROOF, format="json")
    assert list(User.objects.filter(is_active=True)) == [malee]
    assert api.get(ME).json()["username"] == "malee"


def test_nothing_in_the_row_says_who_it_was(user):
    user.first_name, user.last_name, user.email = "Somchai", "Jaidee", "somchai@example.org"
    user.save()
    user.groups.add(Group.objects.create(name="painters"))
    assert closing.close(user) is True
    row = User.objects.get(pk=user.pk)
    values = {str(value) for value in row.__dict__.values()}
    assert not any("omchai" in value or "Jaidee" in value for value in values)
    assert row.username == f"closed-{user.pk.hex}"
    assert (row.is_active, row.has_usable_password(), row.groups.count()) == (False, False, 0)


def test_a_closed_member_of_staff_has_no_powers(staff):
    closing.close(staff)
    row = User.objects.get(pk=staff.pk)
    assert (row.is_staff, row.is_superuser) == (False, False)


def test_the_name_is_free_again(user):
    closing.close(user)
    assert make_user("somchai").pk != user.pk


def test_every_key_ends_and_says_nothing_any_more(user, api_key):
    keys.find(api_key[1], address="192.0.2.1")
    closing.close(user)
    assert keys.find(api_key[1]) is None
    row = ApiKey.objects.get()
    assert row.revoked_at
    assert (row.name, row.addresses) == ("closed", [])


def test_a_device_that_was_just_let_in_gets_no_key(user):
    codes = devices.begin(name="laptop", address="192.0.2.1")
    devices.decide(devices.find(codes.user_code, by=user), by=user, approve=True)
    closing.close(user)
    with pytest.raises(devices.ExpiredToken):
        devices.redeem(codes.device_code, address="192.0.2.1")


def test_the_ledger_stays_as_it_was(user):
    promised = ledger.hold(user=user, amount=Decimal(5), reference=uuid.uuid4())
    closing.close(user)
    assert user.credits.entries.count() == 2
    ledger.release(promised)
    assert ledger.balance_of(user) == ledger.Balance(balance=Decimal(500), held=Decimal(0))


def test_nothing_is_bought_with_a_closed_account(user):
    closing.close(user)
    with pytest.raises(AccountClosed):
        ledger.hold(user=user, amount=Decimal(1), reference=uuid.uuid4())


def test_the_audit_keeps_what_happened_and_forgets_who_and_where(user, staff, client):
    client.force_login(staff)
    order = {"action": "grant_credits", "_selected_action": [user.pk], "apply": "1"}
    client.post("/admin/accounts/user/", {**order, "amount": "1", "reason": "gift"})
    _row, secret = make_key(user)
    keys.find(secret, address="198.51.100.7")
    closing.close(user)
    rows = AuditEntry.objects.filter(user=user).order_by("pk").values_list("action", "object", "address")
    assert list(rows) == [("key_issued", "", ""), ("account_closed", "", "")]
    assert "somchai" not in str(list(AuditEntry.objects.values()))
    assert "somchai" not in str(list(LogEntry.objects.values()))
    assert AuditEntry.objects.filter(user=staff, object=f"1 to {user.pk}").exists()


def test_closing_twice_changes_nothing(user):
    closing.close(user)
    first = CreditAccount.objects.get().closed_at
    again = User.objects.get()
    assert closing.close(again) is False
    assert CreditAccount.objects.get().closed_at == first


def test_a_person_without_a_credit_account_can_go_too():
    [stranger] = User.objects.bulk_create([User(username="imported")])
    assert closing.close(stranger) is True


def test_other_rooms_hear_of_it_while_the_person_still_has_a_name(user, listening):
    heard = []

    def room(sender, user, **_kwargs):
        heard.append((sender, user.username, connection.in_atomic_block))

    listening(room)
    closing.close(user)
    closing.close(User.objects.get())
    assert heard == [(User, "somchai", True)]


@pytest.mark.django_db(transaction=True)
def test_when_another_room_fails_the_person_stays_and_may_try_again(listening):
    user = make_user("somchai")
    _row, secret = make_key(user)

    def room(**_kwargs):
        account_closing.disconnect(room)
        raise RuntimeError("no room today")

    listening(room)
    with pytest.raises(RuntimeError):
        closing.close(user)
    stays = User.objects.get()
    assert (stays.username, stays.is_active) == ("somchai", True)
    assert keys.find(secret)
    assert closing.close(stays) is True


@pytest.mark.django_db(transaction=True)
def test_what_was_bought_while_the_account_closed_is_seen_by_the_rooms(listening):
    """Every hold was either refused or stood in the ledger when the signal was sent."""
    user = make_user(credits="100")
    seen = []

    def room(**_kwargs):
        seen.append(user.credits.entries.open_holds().count())

    listening(room)
    turns = iter(range(20))

    def act():
        if next(turns) == 10:
            return closing.close(User.objects.get(pk=user.pk))
        try:
            return ledger.hold(user=user, amount=Decimal(1), reference=uuid.uuid4())
        except AccountClosed as refusal:
            return refusal

    answers = at_once(act)
    assert seen == [len(entries(answers))]
