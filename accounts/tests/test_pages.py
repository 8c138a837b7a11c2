"""Signing in and out with a browser, and changing one's password."""

import pytest
from django.test import Client

from accounts.tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "another long sentence"


def enter(client, password=PASSWORD, **more):
    return client.post("/accounts/login", {"username": "somchai", "password": password, **more})


def change(client, old=PASSWORD, new=NEW):
    form = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post("/accounts/password", form)


def test_the_door_asks_for_username_and_password(client):
    page = client.get("/accounts/login")
    assert page.status_code == 200
    for name in ("username", "password", "csrfmiddlewaretoken"):
        assert f'name="{name}"' in page.content.decode()


def test_the_door_speaks_the_language_of_the_browser(client):
    page = client.get("/accounts/login", headers={"Accept-Language": "th"})
    assert '<html lang="th">' in page.content.decode()


def test_the_right_password_opens_and_leads_on(client, user):
    answer = enter(client, next="/accounts/password")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/password")
    assert client.get("/api/v1/me").status_code == 200


def test_nobody_is_led_to_another_site(client, user):
    assert enter(client, next="https://evil.example/").headers["Location"] == "/"


def test_a_wrong_password_says_so_and_stays(client, user):
    page = enter(client, "wrong")
    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()
    assert client.get("/api/v1/me").status_code == 401


def test_too_many_failures_close_the_door_for_a_while(client, user):
    for _time in range(10):
        enter(client, "wrong")
    page = enter(client)
    assert page.status_code == 429
    assert int(page.headers["Retry-After"]) > 0
    assert "Too many failed attempts" in page.content.decode()


def test_failures_on_the_page_count_for_the_api_too(client, user):
    for _time in range(10):
        enter(client, "wrong")
    body = {"username": "somchai", "password": PASSWORD}
    assert client.post("/api/v1/auth/token", body, content_type="application/json").status_code == 429


def test_the_door_of_the_admin_has_the_same_limits(client, staff):
    form = {"username": "anong", "password": "wrong", "next": "/admin/"}
    for _time in range(10):
        client.post("/admin/login/", form)
    page = client.post("/admin/login/", {**form, "password": PASSWORD})
    assert page.status_code == 429
    assert int(page.headers["Retry-After"]) > 0
    assert "Too many failed attempts" in page.content.decode()


def test_staff_sign_in_to_the_admin_and_others_do_not(client, staff, user):
    form = {"password": PASSWORD, "next": "/admin/"}
    assert client.post("/admin/login/", {**form, "username": "somchai"}).status_code == 200
    assert client.post("/admin/login/", {**form, "username": "anong"}).status_code == 302


def test_a_form_from_elsewhere_is_refused(user):
    assert enter(Client(enforce_csrf_checks=True)).status_code == 403


def test_whoever_is_signed_in_need_not_do_it_again(client, user):
    client.force_login(user)
    assert client.get("/accounts/login").status_code == 302


def test_signing_out_takes_a_press_of_a_button(client, user):
    client.force_login(user)
    assert client.get("/accounts/logout").status_code == 405
    assert client.post("/accounts/logout").status_code == 302
    assert client.get("/api/v1/me").status_code == 401


def test_the_account_page_is_for_whoever_is_signed_in(client, user):
    assert client.get("/accounts/password").headers["Location"].startswith("/accounts/login?next=")
    client.force_login(user)
    page = client.get("/accounts/password").content.decode()
    assert "somchai" in page
    assert "500.00" in page


def test_a_changed_password_is_the_one_that_works(client, user):
    client.force_login(user)
    assert change(client).status_code == 302
    assert "Your password was changed" in client.get("/accounts/password").content.decode()
    fresh = Client()
    assert enter(fresh).status_code == 200
    assert enter(fresh, NEW).status_code == 302


def test_a_changed_password_signs_out_other_browsers(client, user):
    other = Client()
    client.force_login(user)
    other.force_login(user)
    change(client)
    assert client.get("/api/v1/me").status_code == 200
    assert other.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize(
    "old, new", [("wrong", NEW), (PASSWORD, "short"), (PASSWORD, "password123"), (PASSWORD, "")]
)
def test_a_bad_change_changes_nothing(client, user, old, new):
    client.force_login(user)
    page = change(client, old, new)
    assert page.status_code == 200
    assert "errorlist" in page.content.decode()
    assert enter(Client()).status_code == 302


def test_the_pages_need_no_inline_style_or_script(client, user):
    client.force_login(user)
    for page in (Client().get("/accounts/login"), client.get("/accounts/password")):
        text = page.content.decode()
        assert "style=" not in text
        assert "<script" not in text
        assert "unsafe-inline" not in page.headers["Content-Security-Policy"]
