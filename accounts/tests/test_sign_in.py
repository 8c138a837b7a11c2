"""Username and password for a key, under limits that parallel guesses cannot pass."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from accounts import attempts, keys, sign_in
from accounts.errors import LockedOut, WrongCredentials
from accounts.models import ApiKey, SignInAttempts
from accounts.tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
TOKEN = "/api/v1/auth/token"


def ask(api, **body):
    return api.post(TOKEN, {"username": "somchai", "password": PASSWORD, **body}, format="json")


def guess(api, times: int = 1, **extra):
    for _time in range(times):
        body = {"username": "somchai", "password": "wrong"}
        answer = api.post(TOKEN, body, format="json", **extra)
    return answer


def test_the_right_password_gives_a_key_that_works(api, user):
    answer = ask(api, name="laptop")
    assert answer.status_code == 201
    body = answer.json()
    assert set(body) == {"id", "key", "prefix", "name", "scopes", "expires_at"}
    assert (body["name"], body["prefix"]) == ("laptop", body["key"][:14])
    assert body["expires_at"].endswith("Z")
    assert answer.headers["Cache-Control"] == "no-store"
    assert body["scopes"] == ["generate", "tasks:read", "storage:write", "gallery:write", "account:read"]
    assert api.get("/api/v1/me", HTTP_X_API_KEY=body["key"]).status_code == 200


def test_a_key_lives_as_long_as_the_setting_says(api, user, settings):
    settings.API_KEY_LIFETIME = timedelta(days=3)
    ask(api)
    left = ApiKey.objects.get().expires_at - timezone.now()
    assert timedelta(days=2, hours=23) < left <= timedelta(days=3)


def test_a_trailing_slash_answers_too(api, user):
    body = {"username": "somchai", "password": PASSWORD}
    assert api.post(f"{TOKEN}/", body, format="json").status_code == 201


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(api, user):
    wrong = guess(api)
    unknown = api.post(TOKEN, {"username": "nobody", "password": "wrong"}, format="json")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json()["code"] == unknown.json()["code"] == "wrong_credentials"
    assert wrong.json()["detail"] == unknown.json()["detail"]
    assert "WWW-Authenticate" in wrong.headers


def test_an_inactive_person_is_refused(api, user):
    user.is_active = False
    user.save()
    assert ask(api).status_code == 401
    assert not ApiKey.objects.exists()


@pytest.mark.parametrize(
    "body, pointer",
    [
        ({}, "/username"),
        ({"username": "somchai"}, "/password"),
        ({"username": "", "password": "x"}, "/username"),
        ({"username": ["somchai"], "password": "x"}, "/username"),
        ({"username": 7, "password": "x"}, "/username"),
        ({"username": "somchai", "password": {"$ne": ""}}, "/password"),
        ({"username": "x" * 151, "password": "x"}, "/username"),
        ({"username": "somchai", "password": "x", "name": "n" * 101}, "/name"),
        ({"username": "somchai", "password": "x", "admin": True}, "/admin"),
        ({"username": "somchai", "password": "x", "scopes": ["generate"]}, "/scopes"),
    ],
)
def test_what_does_not_fit_is_400_and_named(api, user, body, pointer):
    answer = api.post(TOKEN, body, format="json")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == pointer


def test_an_unknown_parameter_in_the_address_is_400(api, user):
    answer = api.post(f"{TOKEN}?admin=1", {"username": "somchai", "password": PASSWORD}, format="json")
    assert answer.status_code == 400


def test_after_ten_failures_even_the_right_password_waits(api, user):
    assert guess(api, 10).status_code == 401
    refused = ask(api)
    assert (refused.status_code, refused.json()["code"]) == (429, "locked_out")
    assert 0 < int(refused.headers["Retry-After"]) <= 900
    assert refused.json()["retryable"] is True
    assert not ApiKey.objects.exists()


def test_the_lock_opens_when_its_time_is_over(api, user):
    guess(api, 11)
    SignInAttempts.objects.update(until=timezone.now())
    assert ask(api).status_code == 201


def test_another_address_and_another_account_are_not_locked(api, user):
    guess(api, 11)
    assert ask(api).status_code == 429
    make_user("malee")
    assert ask(api, username="malee").status_code == 201
    body = {"username": "somchai", "password": PASSWORD}
    assert api.post(TOKEN, body, format="json", REMOTE_ADDR="198.51.100.7").status_code == 201


def test_a_success_forgets_the_failures_before_it(api, user):
    guess(api, 9)
    ask(api)
    guess(api, 9)
    assert ask(api).status_code == 201


@pytest.mark.parametrize("spelling", ["SOMCHAI", "ｓｏｍｃｈａｉ", "Somchai"])
def test_other_spellings_of_a_name_count_as_the_same_account(api, user, spelling):
    guess(api, 10)
    answer = api.post(TOKEN, {"username": spelling, "password": "wrong"}, format="json")
    assert answer.status_code == 429


def test_an_address_may_try_thirty_times_a_minute_whatever_the_account(api, user):
    for number in range(30):
        body = {"username": f"name-{number}", "password": "wrong"}
        assert api.post(TOKEN, body, format="json").status_code == 401
    refused = ask(api)
    assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert refused.headers["RateLimit-Policy"] == '"sign-in";q=30;w=60'
    assert refused.headers["RateLimit"].startswith('"sign-in";r=0;t=')


def test_a_success_says_how_many_tries_are_left(api, user):
    assert ask(api).headers["RateLimit"].startswith('"sign-in";r=29;t=')


def test_a_key_that_is_sent_along_is_of_no_interest(api, user):
    answer = api.post(
        TOKEN, {"username": "somchai", "password": PASSWORD}, format="json", HTTP_X_API_KEY="ss_live_old"
    )
    assert answer.status_code == 201


def test_old_attempts_are_swept_away(api, user):
    SignInAttempts.objects.create(key="old", count=3, until=timezone.now() - timedelta(hours=1))
    ask(api)
    assert not SignInAttempts.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_parallel_guesses_are_all_counted():
    make_user("somchai")

    def one_guess(_number):
        try:
            sign_in.check(RequestFactory().post("/"), username="somchai", password="wrong")
        except (WrongCredentials, LockedOut) as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(one_guess, range(20)))
    assert answers.count(WrongCredentials) == attempts.ALLOWED
    assert answers.count(LockedOut) == 20 - attempts.ALLOWED


def test_the_five_usual_scopes_do_not_contain_moderation():
    assert "gallery:moderate" not in keys.DEFAULT_SCOPES
