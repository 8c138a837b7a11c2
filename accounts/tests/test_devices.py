"""A desktop app gets its key without ever seeing a password (RFC 8628)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts import devices
from accounts.errors import ExpiredToken, TooManyCodes
from accounts.models import ApiKey, DeviceGrant
from accounts.tests.factories import make_user

pytestmark = pytest.mark.django_db
DEVICE, TOKEN = "/api/v1/auth/device", "/api/v1/auth/device/token"


def begin(api, **body) -> dict:
    return api.post(DEVICE, body, format="json").json()


def poll(api, codes: dict):
    return api.post(TOKEN, {"device_code": codes["device_code"]}, format="json")


def decide(codes: dict, *, by, approve: bool = True) -> bool:
    return devices.decide(devices.find(codes["user_code"], by=by), by=by, approve=approve)


def refusal(answer) -> tuple[int, str]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]


def time_passes(seconds: float) -> None:
    """For every device: as if it had asked, and been asked for, so much earlier."""
    for grant in DeviceGrant.objects.all():
        grant.expires_at -= timedelta(seconds=seconds)
        if grant.polled_at:
            grant.polled_at -= timedelta(seconds=seconds)
        grant.save()


def test_a_device_gets_two_codes_and_the_address_of_the_page(api):
    answer = api.post(DEVICE, {"name": "Malee's laptop"}, format="json")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    codes = answer.json()
    assert set(codes) == {
        "device_code",
        "user_code",
        "verification_uri",
        "verification_uri_complete",
        "expires_in",
        "interval",
    }
    assert codes["verification_uri"] == "http://127.0.0.1:8000/device"
    assert codes["verification_uri_complete"] == f"{codes['verification_uri']}?user_code={codes['user_code']}"
    assert (codes["expires_in"], codes["interval"]) == (600, 5)


def test_the_code_to_type_has_eight_letters_that_nobody_mixes_up(api):
    for _time in range(20):
        first, dash, second = begin(api)["user_code"].partition("-")
        assert (len(first), dash, len(second)) == (4, "-", 4)
        assert not set(first + second) & set("AEIOUY0123456789-")


def test_an_empty_request_is_enough(api):
    begin(api)
    assert DeviceGrant.objects.get().name == "Desktop app"


def test_neither_code_is_kept(api):
    codes = begin(api)
    stored = {field.name: str(getattr(DeviceGrant.objects.get(), field.name)) for field in FIELDS}
    for secret in (codes["device_code"], codes["user_code"], codes["user_code"].replace("-", "")):
        assert not any(secret in value for value in stored.values())


FIELDS = DeviceGrant._meta.fields


def test_before_anybody_decides_the_device_waits(api):
    answer = poll(api, begin(api))
    assert refusal(answer) == (400, "authorization_pending")
    assert answer.json()["retryable"] is True
    assert answer.headers["Retry-After"] == "5"


def test_an_approved_device_gets_a_key_with_the_usual_scopes(api, user):
    codes = begin(api, name="Malee's laptop")
    assert decide(codes, by=user)
    answer = poll(api, codes)
    assert answer.status_code == 201
    body = answer.json()
    assert set(body) == {"id", "key", "prefix", "name", "scopes", "expires_at"}
    assert body["name"] == "Malee's laptop"
    assert body["scopes"] == ["generate", "tasks:read", "storage:write", "gallery:write", "account:read"]
    assert api.get("/api/v1/me", HTTP_X_API_KEY=body["key"]).json()["username"] == "somchai"


def test_the_device_of_a_moderator_may_not_moderate(api, staff):
    codes = begin(api)
    decide(codes, by=staff)
    assert "gallery:moderate" not in poll(api, codes).json()["scopes"]


def test_a_device_code_gives_one_key(api, user):
    codes = begin(api)
    decide(codes, by=user)
    assert poll(api, codes).status_code == 201
    assert refusal(poll(api, codes)) == (400, "expired_token")
    assert ApiKey.objects.count() == 1


def test_a_denied_device_is_told_so_and_gets_nothing(api, user):
    codes = begin(api)
    decide(codes, by=user, approve=False)
    assert refusal(poll(api, codes)) == (400, "access_denied")
    assert refusal(poll(api, codes)) == (400, "access_denied")
    assert not ApiKey.objects.exists()


@pytest.mark.parametrize("approved", [True, False])
def test_after_ten_minutes_the_codes_are_worth_nothing(api, user, approved):
    codes = begin(api)
    if approved:
        decide(codes, by=user)
    time_passes(600)
    assert refusal(poll(api, codes)) == (400, "expired_token")
    assert devices.find(codes["user_code"], by=user) is None


def test_an_unknown_device_code_is_like_an_expired_one(api):
    assert refusal(poll(api, {"device_code": "never heard of"})) == (400, "expired_token")


def test_a_device_that_asks_too_often_is_slowed_down_more_each_time(api):
    codes = begin(api)
    poll(api, codes)
    for interval in ("10", "15"):
        answer = poll(api, codes)
        assert refusal(answer) == (400, "slow_down")
        assert answer.headers["Retry-After"] == interval


def test_a_device_that_keeps_its_interval_is_not_slowed_down(api):
    codes = begin(api)
    poll(api, codes)
    time_passes(4.5)  # the network is not exact
    answer = poll(api, codes)
    assert refusal(answer) == (400, "authorization_pending")
    assert answer.headers["Retry-After"] == "5"


def test_a_device_that_asks_too_often_still_gets_its_key_when_it_is_approved(api, user):
    codes = begin(api)
    poll(api, codes)
    decide(codes, by=user)
    assert poll(api, codes).status_code == 201


def test_nobody_gets_the_key_of_a_person_who_became_inactive(api, user):
    codes = begin(api)
    decide(codes, by=user)
    user.is_active = False
    user.save()
    assert refusal(poll(api, codes)) == (400, "access_denied")


def test_a_decision_is_made_once(api, user):
    codes = begin(api)
    grant = devices.find(codes["user_code"], by=user)
    assert devices.decide(grant, by=user, approve=False) is True
    assert devices.decide(grant, by=user, approve=True) is False
    assert refusal(poll(api, codes)) == (400, "access_denied")


@pytest.mark.parametrize("typing", ["{}", " {} ", "lower", "no dash", "spaced"])
def test_a_code_is_understood_as_people_type_it(api, user, typing):
    code = begin(api)["user_code"]
    typed = {"lower": code.lower(), "no dash": code.replace("-", ""), "spaced": code.replace("-", " ")}
    assert devices.find(typed.get(typing) or typing.format(code), by=user) is not None


def test_after_ten_wrong_codes_even_the_right_one_waits(api, user):
    codes = begin(api)
    for _time in range(10):
        assert devices.find("BBBB-BBBB", by=user) is None
    with pytest.raises(TooManyCodes) as refused:
        devices.find(codes["user_code"], by=user)
    assert 0 < refused.value.retry_after <= 900


def test_right_codes_in_between_buy_no_further_guesses(api, user):
    """Whoever guesses could always begin a request of their own."""
    own = begin(api)["user_code"]
    for _time in range(10):
        devices.find("BBBB-BBBB", by=user)
        if _time < 9:
            assert devices.find(own, by=user)
    with pytest.raises(TooManyCodes):
        devices.find("BBBB-BBBB", by=user)


def test_one_person_s_guesses_do_not_stop_another(api, user):
    codes = begin(api)
    for _time in range(10):
        devices.find("BBBB-BBBB", by=user)
    assert devices.find(codes["user_code"], by=make_user("malee"))


def test_an_address_begins_at_most_twenty_requests_a_minute(api):
    answers = [api.post(DEVICE, {}, format="json").status_code for _time in range(21)]
    assert answers == [200] * 20 + [429]
    assert api.post(DEVICE, {}, format="json", REMOTE_ADDR="198.51.100.7").status_code == 200


def test_old_requests_are_swept_away(api):
    begin(api)
    DeviceGrant.objects.update(expires_at=timezone.now())
    begin(api)
    assert DeviceGrant.objects.count() == 1


@pytest.mark.parametrize(
    "address, body, pointer",
    [
        (DEVICE, {"name": "n" * 101}, "/name"),
        (DEVICE, {"name": 5}, "/name"),
        (DEVICE, {"scope": "everything"}, "/scope"),
        (TOKEN, {}, "/device_code"),
        (TOKEN, {"device_code": ["x"]}, "/device_code"),
        (TOKEN, {"device_code": "x" * 201}, "/device_code"),
        (TOKEN, {"device_code": "x", "user_code": "x"}, "/user_code"),
    ],
)
def test_what_does_not_fit_is_400_and_named(api, address, body, pointer):
    answer = api.post(address, body, format="json")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == pointer


@pytest.mark.django_db(transaction=True)
def test_twenty_polls_at_once_get_one_key():
    codes = devices.begin(name="race", address="192.0.2.1")
    user = make_user()
    devices.decide(devices.find(codes.user_code, by=user), by=user, approve=True)

    def redeem(_number: int) -> str:
        try:
            return devices.redeem(codes.device_code, address="192.0.2.1")[1]
        except ExpiredToken:
            return ""
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        secrets = [secret for secret in pool.map(redeem, range(20)) if secret]
    assert len(secrets) == 1
    assert ApiKey.objects.count() == 1
