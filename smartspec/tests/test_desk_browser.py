"""Staff at work in a real browser: generating into the gallery, and judging works by keys alone."""

import pytest
from playwright.sync_api import Page, expect

from accounts.tests.factories import PASSWORD
from smartspec.tests.test_journey import (
    Site,
    artifacts,
    assert_loaded,
    listen_for_troubles,
    page,
    site,
)

__all__ = ["artifacts", "page", "site"]

pytestmark = pytest.mark.browser


def sign_in(site: Site, page: Page, path: str, username: str = "curator") -> None:
    page.goto(f"{site.url}{path}")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def test_works_are_generated_picked_and_approved_on_one_page(site, page):
    troubles = listen_for_troubles(page)
    sign_in(site, page, "/admin/gallery/item/")
    page.get_by_role("link", name="Generate").click()
    page.get_by_label("Prompt").fill("kites above a beach at dusk")
    page.get_by_label("Model").select_option("flux-2")
    expect(page.get_by_role("heading", name="FLUX")).to_be_visible()
    expect(page.get_by_label("Prompt")).to_have_value("kites above a beach at dusk")
    page.get_by_label("Variants").select_option("2")
    expect(page.locator("#price")).to_contain_text("2 ×")
    site.photograph(page, "desk-1-generate")
    page.get_by_role("button", name="Generate").click()

    pictures = page.locator(".variant__view img")
    expect(pictures).to_have_count(2, timeout=60_000)
    for number in range(2):
        assert_loaded(pictures.nth(number))
    page.get_by_label("Title").fill("Kites at dusk")
    page.get_by_label("Keep").nth(1).check()
    site.photograph(page, "desk-2-variants")
    page.get_by_role("button", name="Approve the ticked works").click()
    expect(page.get_by_text("1 approved, 1 rejected.")).to_be_visible()
    page.goto(f"{site.url}/gallery")
    expect(page.get_by_role("link", name="Kites at dusk").first).to_be_visible()
    assert troubles == []
