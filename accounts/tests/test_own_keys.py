"""Making, listing and ending one's own keys: a person may, a key may not."""

import uuid

import pytest
from django.utils import timezone

from accounts import keys
from accounts.models import ApiKey
from accounts.tests.factories import PASSWORD, make_key, make_user

pytestmark = pytest.mark.django_db
KEYS = "/api/v1/me/keys"
PROOF = {"username": "somchai", "password": PASSWORD}


@pytest.fixture
def signed_in(api, user):
    api.force_login(user)
    return api


def test_a_session_makes_a_key_with_chosen_scopes_and_expiry(signed_in, user):
    order = {"name": "nightly", "scopes": ["generate"], "expires_in_days": 2}
    answer = signed_in.post(KEYS, order, format="json")
    assert answer.status_code == 201
    row = ApiKey.objects.get()
    assert (row.user, row.name, row.scopes) == (user, "nightly", ["generate"])
    assert (row.expires_at - timezone.now()).days == 1
    assert keys.find(answer.json()["key"]) == row


def test_username_and_password_in_the_body_do_the_same(api, user):
    answer = api.post(KEYS, {**PROOF, "name": "script"}, format="json")
    assert answer.status_code == 201
    assert answer.json()["scopes"] == list(keys.DEFAULT_SCOPES)


def test_a_wrong_password_in_the_body_is_401_and_makes_nothing(api, user):
    answer = api.post(KEYS, {"username": "somchai", "password": "wrong", "name": "x"}, format="json")
    assert answer.status_code == 401
    assert not ApiKey.objects.exists()


def test_passwords_in_the_body_lock_out_like_any_sign_in(api, user):
    for _time in range(10):
        api.post(KEYS, {"username": "somchai", "password": "wrong", "name": "x"}, format="json")
    answer = api.post(KEYS, {**PROOF, "name": "x"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (429, "locked_out")


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_key_cannot_open_this_door(client_with_key, method):
    answer = getattr(client_with_key, method)(KEYS, {"name": "more"} if method == "post" else None)
    assert (answer.status_code, answer.json()["code"]) == (403, "insufficient_scope")
    assert ApiKey.objects.count() == 1


def test_a_key_cannot_end_itself(client_with_key, api_key):
    assert client_with_key.delete(f"{KEYS}/{api_key[0].id}").status_code == 403


def test_nobody_gets_401(api):
    assert api.get(KEYS).status_code == 401


def test_the_list_shows_my_living_keys_newest_first_and_no_secret(signed_in, user):
    first, secret = make_key(user)
    second, _secret = make_key(user)
    ended, _secret = make_key(user)
    keys.revoke(ended)
    make_key(make_user("malee"))
    answer = signed_in.get(KEYS)
    assert [row["id"] for row in answer.json()] == [str(second.id), str(first.id)]
    assert secret not in answer.content.decode()
    assert set(answer.json()[0]) == {
        "id",
        "prefix",
        "name",
        "scopes",
        "created_at",
        "expires_at",
        "last_used_at",
        "spend_limit",
        "spent",
    }


def test_a_revoked_key_stops_at_once(signed_in, user, api_key):
    row, secret = api_key
    answer = signed_in.delete(f"{KEYS}/{row.id}")
    assert answer.status_code == 200
    assert answer.json()["id"] == str(row.id)
    assert answer.json()["revoked_at"]
    assert keys.find(secret) is None
    assert signed_in.delete(f"{KEYS}/{row.id}").status_code == 404


def test_a_key_is_revoked_with_a_password_too(api, api_key):
    assert api.delete(f"{KEYS}/{api_key[0].id}", PROOF, format="json").status_code == 200


def test_the_keys_of_others_do_not_exist_for_me(signed_in):
    theirs, secret = make_key(make_user("malee"))
    assert signed_in.delete(f"{KEYS}/{theirs.id}").status_code == 404
    assert signed_in.delete(f"{KEYS}/{uuid.uuid4()}").status_code == 404
    assert keys.find(secret) == theirs


@pytest.mark.parametrize(
    "order, pointer",
    [
        ({}, "/name"),
        ({"name": " "}, "/name"),
        ({"name": "x", "scopes": []}, "/scopes"),
        ({"name": "x", "scopes": ["everything"]}, "/scopes"),
        ({"name": "x", "scopes": "generate"}, "/scopes"),
        ({"name": "x", "scopes": ["gallery:moderate"]}, "/scopes"),
        ({"name": "x", "expires_in_days": 0}, "/expires_in_days"),
        ({"name": "x", "expires_in_days": 10**30}, "/expires_in_days"),
        ({"name": "x", "user": "malee"}, "/user"),
        ({"name": "x", "digest": "0"}, "/digest"),
        ({"name": "x", "spend_limit": 0}, "/spend_limit"),
        ({"name": "x", "spend_limit": -1}, "/spend_limit"),
        ({"name": "x", "spend_limit": 0.001}, "/spend_limit"),
        ({"name": "x", "spend_limit": "5"}, "/spend_limit"),
        ({"name": "x", "spend_limit": 10**11}, "/spend_limit"),
        ({"name": "x", "username": "somchai"}, "/password"),
        ({"name": "x", "password": PASSWORD}, "/username"),
    ],
)
def test_an_order_that_does_not_fit_is_400_and_named(signed_in, order, pointer):
    answer = signed_in.post(KEYS, order, format="json")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"].startswith(pointer)
    assert not ApiKey.objects.exists()


def test_staff_may_make_a_key_for_moderation(api, staff):
    api.force_login(staff)
    answer = api.post(KEYS, {"name": "desk", "scopes": ["gallery:moderate"]}, format="json")
    assert answer.status_code == 201
