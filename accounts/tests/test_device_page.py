"""The page where a person lets a device in."""

import pytest
from django.test import Client

from accounts import devices
from accounts.errors import AccessDenied, AuthorizationPending
from accounts.models import ApiKey, DeviceGrant

pytestmark = pytest.mark.django_db
PAGE = "/device"


@pytest.fixture
def codes(db):
    return devices.begin(name="Malee's <b>laptop</b>", address="192.0.2.9")


@pytest.fixture
def browser(client, user):
    client.force_login(user)
    return client


def decide(browser, codes, decision: str, **more):
    return browser.post(PAGE, {"user_code": codes.user_code, "decision": decision}, **more)


def text(page) -> str:
    return page.content.decode()


def test_whoever_is_not_signed_in_signs_in_first_and_comes_back(client, codes):
    answer = client.get(f"{PAGE}?user_code={codes.user_code}")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login?next=/device%3Fuser_code%3D")


def test_the_page_asks_for_the_code(browser):
    page = browser.get(PAGE)
    assert page.status_code == 200
    assert 'name="user_code"' in text(page)
    assert "decision" not in text(page)


def test_the_page_shows_who_asks_and_what_will_be_allowed(browser, codes):
    page = text(browser.get(f"{PAGE}?user_code={codes.user_code}"))
    assert codes.user_code in page
    assert "Malee&#x27;s &lt;b&gt;laptop&lt;/b&gt;" in page
    assert "192.0.2.9" in page
    assert "spend your credits" in page
    assert "approve, reject and remove" not in page
    assert page.count('name="decision"') == 2


def test_opening_the_link_alone_lets_nobody_in(browser, codes):
    browser.get(f"{PAGE}?user_code={codes.user_code}")
    with pytest.raises(AuthorizationPending):
        devices.redeem(codes.device_code, address="")


def test_a_press_of_the_button_lets_the_device_in(browser, codes, user):
    answer = decide(browser, codes, "approve", follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert "The device is connected. You may go back to it." in text(answer)
    key, _secret = devices.redeem(codes.device_code, address="192.0.2.9")
    assert (key.user, key.name) == (user, "Malee's <b>laptop</b>")


def test_the_other_button_does_not(browser, codes):
    assert "The device was denied." in text(decide(browser, codes, "deny", follow=True))
    with pytest.raises(AccessDenied):
        devices.redeem(codes.device_code, address="")


def test_a_code_serves_once(browser, codes):
    decide(browser, codes, "deny")
    page = decide(browser, codes, "approve")
    assert "No device is waiting" in text(page)
    assert DeviceGrant.objects.get().state == "denied"


@pytest.mark.parametrize("decision", ["", "maybe"])
def test_without_a_clear_answer_nothing_happens(browser, codes, decision):
    assert decide(browser, codes, decision).status_code == 200
    assert DeviceGrant.objects.get().state == "pending"


@pytest.mark.parametrize("code", ["BBBB-BBBB", "x", "%00", "ก", "B" * 5000])
def test_a_code_that_is_none_is_asked_for_again(browser, code):
    page = browser.get(f"{PAGE}?user_code={code}")
    assert page.status_code == 200
    assert "errorlist" in text(page)


def test_guessing_comes_to_an_end(browser, codes):
    for _time in range(10):
        browser.get(f"{PAGE}?user_code=BBBB-BBBB")
    page = browser.get(f"{PAGE}?user_code={codes.user_code}")
    assert page.status_code == 429
    assert int(page.headers["Retry-After"]) > 0
    assert codes.device_code not in text(page)
    assert "Too many codes" in text(page)
    assert decide(browser, codes, "approve").status_code == 429


def test_a_form_from_elsewhere_is_refused(codes, user):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user)
    assert decide(browser, codes, "approve").status_code == 403
    assert not ApiKey.objects.exists()


def test_the_page_can_be_neither_framed_nor_kept(browser, codes):
    page = browser.get(f"{PAGE}?user_code={codes.user_code}")
    assert page.headers["X-Frame-Options"] == "DENY"
    assert "no-store" in page.headers["Cache-Control"]


def test_the_page_speaks_the_language_of_the_browser(browser):
    page = browser.get(PAGE, headers={"Accept-Language": "th"})
    assert '<html lang="th">' in text(page)


def test_the_page_needs_no_inline_style_or_script(browser, codes):
    page = browser.get(f"{PAGE}?user_code={codes.user_code}")
    assert "style=" not in text(page)
    assert "<script" not in text(page)
