"""Staff show a code beside their password before the admin opens."""

import re
import time

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import closing, second_step
from accounts.models import AuditEntry, User
from accounts.tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
STEP, ADMIN, DOOR = "/accounts/second-step", "/admin/", "/admin/login/"


@pytest.fixture(autouse=True)
def enforced(settings):
    settings.STAFF_TWO_STEP = True


@pytest.fixture
def half_in(client, staff):
    """Staff who has shown the password, and nothing more."""
    client.force_login(staff)
    return client


def code_of(device: TOTPDevice, *, later: int = 0) -> str:
    """What the phone shows, or will show `later` times half a minute from now."""
    clock = TOTP(device.bin_key)
    clock.time = time.time() + 30 * later
    return f"{clock.token():06}"


def set_up(user: User) -> tuple[TOTPDevice, list[str]]:
    return second_step.set_up(user, code_of(second_step.begin(user)))


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("id").values_list("action", flat=True))


def test_the_first_sign_in_leads_to_the_set_up(client, staff):
    answer = client.post(
        DOOR, {"username": "anong", "password": PASSWORD, "next": "/admin/accounts/"}, follow=True
    )
    assert [path for path, _status in answer.redirect_chain] == [
        "/admin/accounts/",
        "/admin/login/?next=/admin/accounts/",
        f"{STEP}?next=/admin/accounts/",
    ]
    page = answer.content.decode()
    assert "<svg" in page
    assert "style=" not in page


def test_with_the_first_code_the_admin_opens_and_recovery_codes_are_told_once(half_in, staff):
    half_in.get(STEP)
    device = TOTPDevice.objects.get(user=staff)
    page = half_in.post(STEP, {"code": code_of(device), "next": "/admin/accounts/"}).content.decode()
    codes = re.findall(r"<li>([a-z0-9]{5}-[a-z0-9]{5})</li>", page)
    assert len(set(codes)) == 10
    assert 'href="/admin/accounts/"' in page
    assert half_in.get(ADMIN).status_code == 200
    assert actions() == ["second_step_set"]


def test_recovery_codes_are_kept_as_digests(staff):
    _device, codes = set_up(staff)
    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert len(kept) == 10
    assert kept.isdisjoint(codes)


def test_a_secret_is_shown_only_until_it_is_learnt(half_in, staff):
    first = half_in.get(STEP).content.decode()
    assert first.count("<svg") == 2  # the mark of the house, and the picture
    set_up(staff)
    assert half_in.get(STEP).content.decode().count("<svg") == 1


def test_nobody_enters_by_password_alone(half_in, staff):
    set_up(staff)
    for path in (ADMIN, "/admin/accounts/user/", "/admin/password_change/"):
        assert half_in.get(path).status_code == 302, path
    assert half_in.get("/api/v1/admin/gallery").json()["code"] == "second_step_required"


def test_a_code_opens_the_admin_and_the_staff_api(half_in, staff):
    device, _codes = set_up(staff)
    answer = half_in.post(STEP, {"code": code_of(device, later=1), "next": ADMIN})
    assert (answer.status_code, answer["Location"]) == (302, ADMIN)
    assert half_in.get(ADMIN).status_code == 200
    assert half_in.get("/api/v1/admin/gallery").status_code == 200


def test_a_code_is_used_once(half_in, staff):
    device, _codes = set_up(staff)
    half_in.post(STEP, {"code": code_of(device, later=1)})
    half_in.logout()
    half_in.force_login(staff)
    assert "was used before" in half_in.post(STEP, {"code": code_of(device, later=1)}).content.decode()


def test_a_recovery_code_opens_once_however_it_is_typed(half_in, staff):
    _device, (code, *_rest) = set_up(staff)
    assert half_in.post(STEP, {"code": f" {code.upper()} "}).status_code == 302
    half_in.logout()
    half_in.force_login(staff)
    assert "was used before" in half_in.post(STEP, {"code": code}).content.decode()
    assert actions() == ["second_step_set", "recovery_code_used"]


def test_guesses_end_in_a_lock_out_and_are_noted(half_in, staff):
    device, _codes = set_up(staff)
    for _guess in range(10):
        assert half_in.post(STEP, {"code": "000000"}).status_code == 200
    answer = half_in.post(STEP, {"code": code_of(device, later=1)})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert actions() == ["second_step_set", "locked_out"]


def test_nobody_is_led_to_another_site(half_in, staff):
    device, _codes = set_up(staff)
    answer = half_in.post(STEP, {"code": code_of(device, later=1), "next": "https://evil.example/"})
    assert answer["Location"] == ADMIN


def test_whoever_is_not_staff_has_no_second_step(client, user):
    client.force_login(user)
    assert client.get(STEP)["Location"] == "/accounts/password"


def test_a_key_that_moderates_is_made_behind_the_second_step(half_in, staff, api):
    order = {"name": "desk", "scopes": ["gallery:moderate"]}
    refused = half_in.post("/api/v1/me/keys", order, content_type="application/json")
    assert refused.json()["code"] == "second_step_required"
    proof = order | {"username": "anong", "password": PASSWORD}
    assert api.post("/api/v1/me/keys", proof, format="json").json()["code"] == "second_step_required"
    device, _codes = set_up(staff)
    half_in.post(STEP, {"code": code_of(device, later=1)})
    assert half_in.post("/api/v1/me/keys", order, content_type="application/json").status_code == 201


def test_without_the_setting_the_password_is_enough(half_in, settings):
    settings.STAFF_TWO_STEP = False
    assert half_in.get(ADMIN).status_code == 200


def test_a_lost_phone_is_removed_by_a_colleague(half_in, staff):
    other = make_user("niran", is_staff=True)
    set_up(other)
    device, _codes = set_up(staff)
    half_in.post(STEP, {"code": code_of(device, later=1)})
    people = reverse("admin:accounts_user_changelist")
    half_in.post(people, {"action": "remove_second_step", "_selected_action": [other.pk]})
    assert not second_step.is_set_up(other)
    assert second_step.is_set_up(staff)
    assert actions()[-1] == "second_step_removed"


def test_a_lost_phone_is_removed_from_the_command_line(staff, capsys):
    set_up(staff)
    call_command("secondstep", "anong", "--remove")
    assert "was removed" in capsys.readouterr().out
    assert not second_step.is_set_up(staff)
    with pytest.raises(CommandError):
        call_command("secondstep", "nobody", "--remove")


def test_secrets_have_no_page_in_the_admin(half_in, staff):
    device, _codes = set_up(staff)
    half_in.post(STEP, {"code": code_of(device, later=1)})
    assert "otp_totp" not in half_in.get(ADMIN).content.decode()


def test_a_closed_account_keeps_no_secret(staff):
    set_up(staff)
    closing.close(staff)
    assert not TOTPDevice.objects.exists()
    assert not StaticToken.objects.exists()
