"""Staff at work: giving credits, ending keys, reading the ledger."""

from decimal import Decimal

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission

from accounts import keys, ledger
from accounts.models import LedgerEntry, User
from accounts.tests.factories import PASSWORD, make_user
from smartspec.lib import bounded_paginator

pytestmark = pytest.mark.django_db
PEOPLE, KEYS, LEDGER = "/admin/accounts/user/", "/admin/accounts/apikey/", "/admin/accounts/ledgerentry/"


@pytest.fixture
def desk(client, staff):
    client.force_login(staff)
    return client


@pytest.fixture
def clerk(client):
    """Staff who may edit people and is no superuser."""
    clerk = make_user("clerk", is_staff=True)
    User.objects.filter(pk=clerk.pk).update(is_superuser=False)
    clerk.user_permissions.set(Permission.objects.filter(codename__in=["change_user", "view_user"]))
    client.force_login(User.objects.get(pk=clerk.pk))
    return client


def act(desk, address, name, *rows, **more):
    return desk.post(address, {"action": name, "_selected_action": [row.pk for row in rows], **more})


def test_the_list_of_people_shows_what_they_may_spend(desk, user):
    page = desk.get(PEOPLE).content.decode()
    assert "somchai" in page
    assert "500.00" in page


def test_the_list_of_people_costs_the_same_for_one_and_for_many(desk, django_assert_max_num_queries):
    for _number in range(10):
        make_user()
    with django_assert_max_num_queries(7):
        desk.get(PEOPLE)


def person_at(address: str) -> User:
    malee = make_user("Malee")
    User.objects.filter(pk=malee.pk).update(email=address)
    return malee


@pytest.mark.parametrize("term", ["malee", "MAL", "Malee@exa", "malee@example.org", "{pk}"])
def test_people_are_found_by_the_beginning_of_name_or_address_or_by_id(desk, user, term):
    malee = person_at("malee@Example.org")
    found = desk.get(PEOPLE, {"q": term.format(pk=malee.pk)}).context["cl"].result_list
    assert list(found) == [malee]


@pytest.mark.parametrize(
    "term", ["alee", "example.org", "%", "m_lee", "00000000-0000-4000-8000-000000000000"]
)
def test_people_are_not_found_by_the_middle_or_by_signs(desk, user, term):
    person_at("malee@example.org")
    assert list(desk.get(PEOPLE, {"q": term}).context["cl"].result_list) == []


def test_a_long_list_says_that_it_goes_on(desk, monkeypatch):
    monkeypatch.setattr(bounded_paginator, "COUNTED_TO", 3)
    for _number in range(4):
        make_user()
    page = desk.get(PEOPLE).content.decode()
    assert "3 users or more; search or filter to find others." in page


def test_credits_are_granted_with_a_reason_and_noted(desk, user):
    malee = make_user("malee")
    asked = act(desk, PEOPLE, "grant_credits", user, malee)
    assert 'name="reason"' in asked.content.decode()
    act(desk, PEOPLE, "grant_credits", user, malee, apply="1", amount="25.5", reason="workshop")
    assert ledger.balance_of(user).available == ledger.balance_of(malee).available == Decimal("525.5")
    assert LedgerEntry.objects.filter(reason="workshop").count() == 2
    assert "25.5" in LogEntry.objects.filter(object_id=str(user.pk)).get().change_message


@pytest.mark.parametrize(
    "form", [{"amount": "0", "reason": "x"}, {"amount": "5", "reason": ""}, {"amount": "0.001"}]
)
def test_a_grant_that_does_not_fit_is_asked_for_again(desk, user, form):
    page = act(desk, PEOPLE, "grant_credits", user, apply="1", **form)
    assert "errorlist" in page.content.decode()
    assert ledger.balance_of(user).balance == 500


def test_a_person_made_in_the_admin_starts_with_credits(desk, settings):
    settings.STARTING_CREDITS = "42"
    form = {"username": "niran", "password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
    assert desk.post(f"{PEOPLE}add/", form).status_code == 302
    assert ledger.balance_of(User.objects.get(username="niran")).available == 42


def test_the_page_of_a_person_links_the_statement(desk, user):
    page = desk.get(f"{PEOPLE}{user.pk}/change/").content.decode()
    assert f"{LEDGER}?account__exact={user.pk}" in page
    assert desk.get(f"{LEDGER}?account__exact={user.pk}").status_code == 200


def test_people_are_not_deleted(desk, user):
    assert desk.post(f"{PEOPLE}{user.pk}/delete/", {"post": "yes"}).status_code == 403
    assert "delete_selected" not in desk.get(PEOPLE).content.decode()


def test_a_clerk_gives_nobody_powers(clerk, user):
    clerk.post(f"{PEOPLE}{user.pk}/change/", {"username": "somchai", "is_superuser": "on", "is_staff": "on"})
    user.refresh_from_db()
    assert (user.is_superuser, user.is_staff) == (False, False)


def test_a_clerk_cannot_touch_a_superuser(clerk, staff):
    assert clerk.post(f"{PEOPLE}{staff.pk}/change/", {"username": "mine"}).status_code == 403
    form = {"password1": "taken over now", "password2": "taken over now", "usable_password": "true"}
    assert clerk.post(f"{PEOPLE}{staff.pk}/password/", form).status_code == 403


def test_a_key_is_revoked_by_staff(desk, api_key):
    row, secret = api_key
    assert row.prefix in desk.get(KEYS).content.decode()
    page = act(desk, KEYS, "revoke", row).content.decode()
    assert '<option value="The key leaked"></option>' in page
    assert keys.find(secret) is not None
    act(desk, KEYS, "revoke", row, apply="1", reason="found in a public repository")
    assert keys.find(secret) is None
    noted = LogEntry.objects.get(object_id=str(row.pk))
    assert noted.change_message == "revoked: found in a public repository"


def test_a_key_is_not_revoked_without_a_reason(desk, api_key):
    row, secret = api_key
    page = act(desk, KEYS, "revoke", row, apply="1", reason=" ").content.decode()
    assert "This field is required." in page
    assert keys.find(secret) is not None


def test_a_key_that_had_ended_is_not_noted_again(desk, api_key):
    row, _secret = api_key
    for _time in range(2):
        act(desk, KEYS, "revoke", row, apply="1", reason="leaked")
    assert LogEntry.objects.filter(object_id=str(row.pk)).count() == 1


def test_keys_are_neither_made_nor_deleted_nor_changed_here(desk, api_key):
    row = api_key[0]
    assert desk.get(f"{KEYS}add/").status_code == 403
    assert desk.post(f"{KEYS}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    desk.post(f"{KEYS}{row.pk}/change/", {"name": "renamed", "scopes": "[]"})
    row.refresh_from_db()
    assert (row.name, len(row.scopes)) == ("test", 5)


def test_the_ledger_is_only_read(desk, user):
    entry = user.credits.entries.get()
    assert "starting credits" in desk.get(LEDGER).content.decode()
    assert desk.get(f"{LEDGER}{entry.pk}/change/").status_code == 200
    assert desk.post(f"{LEDGER}{entry.pk}/change/", {"amount": "1"}).status_code == 403
    assert desk.get(f"{LEDGER}add/").status_code == 403
    assert desk.post(f"{LEDGER}{entry.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_ledger_is_found_by_person_and_by_task(desk, user):
    promised = ledger.hold(user=user, amount=Decimal(3), reference="0b0f1f5c-9f0e-4f0c-8b5e-2f6d6a1a7c55")
    assert str(promised.pk) in desk.get(f"{LEDGER}?q={promised.reference}").content.decode()
    assert desk.get(f"{LEDGER}?q=somchai").context["cl"].result_count == 2
