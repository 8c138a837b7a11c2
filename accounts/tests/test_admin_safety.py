"""Staff close accounts with proof, find things by what is indexed, and let the locked out in again."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core.cache import cache

from accounts import keys, sign_in
from accounts.errors import LockedOut, WrongCredentials
from accounts.models import AuditEntry, LedgerEntry, User
from accounts.tests.factories import PASSWORD, make_key, make_user

pytestmark = pytest.mark.django_db
PEOPLE, KEYS, LEDGER, AUDIT = (
    f"/admin/accounts/{name}/" for name in ("user", "apikey", "ledgerentry", "auditentry")
)


@pytest.fixture
def desk(client, staff):
    client.force_login(staff)
    return client


def close(desk, *people: User, **given) -> str:
    chosen = {"action": "close_account", "_selected_action": [person.pk for person in people]}
    proof = {"apply": "1", "username": people[0].username, "reason": "asked by letter", "password": PASSWORD}
    return desk.post(PEOPLE, chosen | proof | given, follow=True).content.decode()


def test_an_account_is_closed_with_proof_and_both_are_on_record(desk, staff, user):
    _key, secret = make_key(user)
    assert "The account was closed." in close(desk, user)
    user.refresh_from_db()
    assert (user.is_active, user.username) == (False, f"closed-{user.pk.hex}")
    assert keys.find(secret) is None
    entry = AuditEntry.objects.get(action="account_closed")
    assert (entry.user, entry.object) == (staff, str(user.pk))
    assert LogEntry.objects.get(object_id=str(user.pk)).change_message == "closed: asked by letter"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"apply": ""}, "Keys end at once"),
        ({"password": "guess"}, "This is not your password."),
        ({"username": "somebody"}, "This is not the username of the account."),
        ({"reason": ""}, "This field is required."),
    ],
)
def test_without_proof_nothing_is_closed(desk, user, given, told):
    if given == {"apply": ""}:
        answer = desk.post(PEOPLE, {"action": "close_account", "_selected_action": [user.pk]})
        assert told in answer.content.decode()
    else:
        assert told in close(desk, user, **given)
    assert User.objects.get(pk=user.pk).is_active


def test_guessing_the_own_password_ends_in_a_lock_out(desk, user):
    for _guess in range(10):
        close(desk, user, password="guess")
    close(desk, user)
    assert User.objects.get(pk=user.pk).is_active


def test_one_account_at_a_time_and_never_the_own(desk, staff, user):
    assert "Choose one account." in close(desk, user, make_user())
    assert "You cannot close your own account here." in close(desk, staff)
    close(desk, user)
    user.refresh_from_db()
    assert "The account was closed before." in close(desk, user)


def test_a_clerk_closes_no_superuser(client, staff):
    clerk = make_user("clerk", is_staff=True)
    User.objects.filter(pk=clerk.pk).update(is_superuser=False)
    clerk.user_permissions.set(Permission.objects.filter(codename__in=["change_user", "view_user"]))
    client.force_login(User.objects.get(pk=clerk.pk))
    assert "You may not do this." in close(client, staff)


def found(desk, path: str, q: str) -> set:
    return {row.pk for row in desk.get(path, {"q": q}).context["cl"].result_list}


def test_the_audit_log_is_found_by_name_key_address_and_request(desk, user):
    key, _secret = make_key(user)
    entry = AuditEntry.objects.get(action="key_issued")
    AuditEntry.objects.filter(pk=entry.pk).update(address="203.0.113.7", request_id="req-12345678", key=key)
    make_key(make_user("malee"))
    for term in ("somchai", key.prefix, "203.0.113.7", " req-12345678 "):
        assert found(desk, AUDIT, term) == {entry.pk}, term
    assert found(desk, AUDIT, "nothing") == set()


def test_keys_are_found_by_their_beginning_or_their_owner(desk, user):
    key, _secret = make_key(user)
    make_key(make_user("malee"))
    assert found(desk, KEYS, key.prefix) == found(desk, KEYS, "somchai") == {key.pk}
    assert found(desk, KEYS, "ss_live") == set()  # the beginning of all


def test_an_entry_of_the_ledger_is_found_by_its_own_id(desk, user):
    entry = LedgerEntry.objects.get(account=user.pk)
    make_user("malee")
    assert found(desk, LEDGER, str(entry.pk)) == {entry.pk}


def test_the_locked_out_are_let_in_again(desk, user, rf):
    request = rf.post("/accounts/login")
    request.user = user
    for _guess in range(10):
        with pytest.raises(WrongCredentials):
            sign_in.check(request, username="Somchai", password="guess")
    with pytest.raises(LockedOut):
        sign_in.check(request, username="Somchai", password=PASSWORD)
    entry = AuditEntry.objects.get(action="locked_out")
    desk.post(AUDIT, {"action": "let_in", "_selected_action": [entry.pk]})
    cache.clear()
    assert sign_in.check(request, username="somchai", password=PASSWORD) == user


@pytest.mark.parametrize("path", [PEOPLE, KEYS, LEDGER, AUDIT])
def test_no_list_costs_more_than_ten_queries_and_none_counts_all(desk, path, django_assert_max_num_queries):
    for _number in range(5):
        make_key(make_user())
    with django_assert_max_num_queries(10) as asked:
        assert desk.get(path).status_code == 200
    counts = [query["sql"] for query in asked.captured_queries if "COUNT(*)" in query["sql"]]
    assert all("LIMIT 1000)" in sql for sql in counts)
