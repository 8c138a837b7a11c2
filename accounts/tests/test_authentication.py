"""Who gets in, by key or session, and what the others are told."""

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts import keys
from accounts.models import ApiKey
from accounts.tests.factories import make_key

pytestmark = pytest.mark.django_db
ME = "/api/v1/me"


def refusal(response) -> tuple[int, str, str]:
    assert response.headers["Content-Type"] == "application/problem+json"
    body = response.json()
    return response.status_code, body["code"], body["detail"]


@pytest.mark.parametrize("header", ["HTTP_X_API_KEY", "HTTP_AUTHORIZATION"])
def test_a_key_opens_by_either_header(api, api_key, header):
    value = f"Bearer {api_key[1]}" if header == "HTTP_AUTHORIZATION" else api_key[1]
    assert api.get(ME, **{header: value}).json()["username"] == "somchai"


@pytest.mark.parametrize("word", ["bearer", "BEARER"])
def test_the_word_bearer_is_read_in_any_case(api, api_key, word):
    assert api.get(ME, HTTP_AUTHORIZATION=f"{word} {api_key[1]}").status_code == 200


def test_without_anything_the_answer_is_401_and_says_how(api):
    response = api.get(ME)
    assert refusal(response)[:2] == (401, "not_authenticated")
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="SmartSpec Pro"'


@pytest.mark.parametrize(
    "secret", ["nonsense", "ss_live_", "ss_live_" + "x" * 43, "ss_live_" + "x" * 5000, "ss_live_ก", "\x00"]
)
def test_an_unknown_key_is_401(api, secret):
    status, code, detail = refusal(api.get(ME, HTTP_X_API_KEY=secret))
    assert (status, code) == (401, "not_authenticated")
    assert "not valid" in detail


def test_a_test_key_is_refused_with_a_sentence(api):
    status, _code, detail = refusal(api.get(ME, HTTP_X_API_KEY="ss_test_abc"))
    assert status == 401
    assert detail == "Test keys are not accepted here. Use a key that begins with ss_live_."


def test_an_expired_key_is_401(api, user):
    _row, secret = make_key(user, lifetime=timedelta(seconds=-1))
    assert refusal(api.get(ME, HTTP_X_API_KEY=secret))[0] == 401


def test_a_revoked_key_is_401(client_with_key, api_key):
    assert keys.revoke(api_key[0]) is True
    assert refusal(client_with_key.get(ME))[0] == 401


def test_revoking_twice_changes_nothing(api_key):
    keys.revoke(api_key[0])
    first = ApiKey.objects.get().revoked_at
    assert keys.revoke(api_key[0]) is False
    assert ApiKey.objects.get().revoked_at == first


def test_the_key_of_an_inactive_person_is_401(client_with_key, user):
    user.is_active = False
    user.save()
    assert refusal(client_with_key.get(ME))[0] == 401


def test_a_missing_scope_is_403_and_named(api, user):
    _row, secret = make_key(user, scopes=["generate"])
    status, code, detail = refusal(api.get(ME, HTTP_X_API_KEY=secret))
    assert (status, code) == (403, "insufficient_scope")
    assert "account:read" in detail


def test_nobody_can_give_a_key_more_than_is_theirs(user):
    with pytest.raises(keys.ScopeNotYours):
        keys.issue(user=user, name="greedy", scopes=["gallery:moderate"])


def test_only_a_digest_of_the_secret_is_kept(api_key):
    row, secret = api_key
    assert secret.startswith("ss_live_")
    stored = {field.name: getattr(row, field.name) for field in row._meta.fields}
    assert not any(secret in str(value) for value in stored.values())
    assert row.prefix == secret[:14]


def test_the_use_of_a_key_is_noted_at_most_once_a_minute(client_with_key, django_assert_num_queries):
    client_with_key.get(ME)
    first = ApiKey.objects.get().last_used_at
    assert first is not None
    with django_assert_num_queries(2):  # the key with its person, the balance
        client_with_key.get(ME)
    assert ApiKey.objects.get().last_used_at == first


def test_the_use_of_a_key_is_noted_again_after_a_minute(client_with_key):
    earlier = timezone.now() - timedelta(seconds=61)
    ApiKey.objects.update(last_used_at=earlier)
    client_with_key.get(ME)
    assert ApiKey.objects.get().last_used_at > earlier


def test_a_browser_session_opens_too(api, user):
    api.force_login(user)
    assert api.get(ME).json()["username"] == "somchai"


def test_a_session_that_writes_needs_the_csrf_token(user):
    browser = APIClient(enforce_csrf_checks=True)
    browser.force_login(user)
    assert refusal(browser.post("/api/v1/me/keys", {"name": "x"}, format="json"))[:2] == (403, "forbidden")
    assert not ApiKey.objects.exists()


def test_a_session_with_the_csrf_token_may_write(user):
    browser = APIClient(enforce_csrf_checks=True)
    browser.force_login(user)
    browser.get("/accounts/password")
    token = browser.cookies["csrftoken"].value
    response = browser.post("/api/v1/me/keys", {"name": "x"}, format="json", HTTP_X_CSRFTOKEN=token)
    assert response.status_code == 201
