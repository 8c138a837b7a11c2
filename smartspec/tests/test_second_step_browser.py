"""A member of staff signs in for the first time, and then without the phone."""

import time
from base64 import b32decode
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django_otp.oath import TOTP
from playwright.sync_api import Page, expect

from accounts.tests.factories import PASSWORD
from gallery.tests.factories import make_staff
from smartspec.tests.servers import programs
from smartspec.tests.test_journey import artifacts, listen_for_troubles, page

__all__ = ["artifacts", "page"]

pytestmark = pytest.mark.browser


@pytest.fixture
def guarded_url(transactional_db, artifacts) -> Iterator[str]:
    make_staff("curator")
    web, url = programs.web(artifacts, {"KIE_AI_API_KEY": "", "STAFF_TWO_STEP": "true"})
    yield url
    web.stop()


def show_password(url: str, page: Page) -> None:
    page.goto(f"{url}/admin/")
    page.get_by_label("Username").fill("curator")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def shown_by_the_phone(secret: str) -> str:
    """What an app shows that was told the key as it stands on the page."""
    key = secret.replace(" ", "")
    clock = TOTP(b32decode(key + "=" * (-len(key) % 8)))
    clock.time = time.time()
    return f"{clock.token():06}"


def test_a_phone_is_set_up_and_paper_opens_the_door_afterwards(guarded_url, page, artifacts):
    troubles = listen_for_troubles(page)
    show_password(guarded_url, page)
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    page.screenshot(path=artifacts / "second-step-1-set-up.png")
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("textbox", name="Code").fill(
        shown_by_the_phone(page.locator(".account__code").inner_text())
    )
    page.get_by_role("button", name="Continue").click()
    codes = page.locator(".account__codes li")
    expect(codes).to_have_count(10)
    paper = codes.first.inner_text()
    page.screenshot(path=artifacts / "second-step-2-codes.png")
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_role("heading", name="What waits")).to_be_visible()

    with page.expect_navigation():
        page.get_by_role("button", name="Log out").click()
    show_password(guarded_url, page)
    expect(page.get_by_role("img", name="QR code")).to_have_count(0)
    page.get_by_role("textbox", name="Code").fill(paper)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="What waits")).to_be_visible()
    assert troubles == []
