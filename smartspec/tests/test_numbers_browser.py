"""The page of numbers in a real browser: light and dark, on a phone, and without script."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from gallery.models import DayCount
from gallery.tests import busy_months
from gallery.tests.factories import make_item, make_staff
from smartspec.tests.servers import chromium, programs
from smartspec.tests.test_desk_browser import sign_in
from smartspec.tests.test_journey import artifacts, listen_for_troubles

__all__ = ["artifacts"]

pytestmark = pytest.mark.browser
NUMBERS = "/admin/gallery/numbers/"
CHARTS = 17


@pytest.fixture
def url(transactional_db, artifacts) -> Iterator[str]:
    make_staff("curator")
    busy_months.fill()
    web, address = programs.web(artifacts, {"KIE_AI_API_KEY": ""})
    yield address
    web.stop()


def opened(browser: Browser, url: str, **options) -> Page:
    usual = {"locale": "en-GB", "viewport": {"width": 1440, "height": 900}}
    page = browser.new_context(**usual | options).new_page()
    sign_in(url, page, NUMBERS)
    expect(page.get_by_role("heading", name="Numbers", exact=True)).to_be_visible(timeout=20_000)
    return page


def assert_readable(page: Page) -> None:
    """Nothing for axe to complain about, tables opened, and nothing to scroll sideways for."""
    for summary in page.locator(".chart__table summary").all():
        summary.click()
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_numbers_are_legible_in_both_themes(url, artifacts, scheme):
    with chromium.open_browser() as browser:
        page = opened(browser, url, color_scheme=scheme)
        troubles = listen_for_troubles(page)
        page.reload()
        expect(page.get_by_role("img")).to_have_count(CHARTS, timeout=20_000)
        page.screenshot(path=artifacts / f"numbers-{scheme}.png", full_page=True)
        assert_readable(page)
        assert troubles == []


def test_the_numbers_fit_a_phone_and_speak_thai(url, artifacts):
    with chromium.open_browser() as browser:
        make = {"viewport": {"width": 320, "height": 700}}
        page = opened(browser, url, **make)
        page.screenshot(path=artifacts / "numbers-phone.png", full_page=True)
        assert_readable(page)
        signed_in = page.context.storage_state()
        page = browser.new_context(**make, locale="th-TH", storage_state=signed_in).new_page()
        page.goto(f"{url}{NUMBERS}")
        expect(page.get_by_role("heading", name="ตัวเลข", exact=True)).to_be_visible()
        assert_readable(page)


def test_the_numbers_need_no_script(url):
    with chromium.open_browser() as browser:
        page = opened(browser, url, java_script_enabled=False)
        expect(page.locator("svg.plot")).to_have_count(CHARTS)
        page.get_by_role("link", name="7 days").click()
        expect(page.get_by_role("link", name="7 days")).to_have_attribute("aria-current", "true")
        page.locator("#sales summary").click()
        expect(page.locator("#sales tbody tr")).to_have_count(7)
        page.get_by_role("textbox", name="From").fill("2026-01-01")
        page.get_by_role("textbox", name="To").fill("2025-12-01")
        page.get_by_role("button", name="Show").click()
        expect(page.get_by_role("alert")).to_contain_text("The first day comes after the last.")


def test_a_chart_is_taken_along_as_a_file(url):
    with chromium.open_browser() as browser:
        page = opened(browser, url)
        with page.expect_download() as waiting:
            page.locator("#sales").get_by_role("link", name="CSV").click()
        lines = waiting.value.path().read_text(encoding="utf-8-sig").splitlines()
        assert lines[0].startswith("Day,Sold (credits)")
        assert len(lines) == 31


def test_buttons_that_share_and_remix_are_counted_by_name(transactional_db, artifacts):
    make_item(slug="boat")
    web, address = programs.web(artifacts, {"KIE_AI_API_KEY": ""})
    with chromium.open_browser() as browser:
        page = browser.new_page(user_agent="Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0")  # no robot
        page.goto(f"{address}/gallery/boat")
        for role, name, told in (
            ("button", "Copy link", "utm_source=share&utm_medium=copy"),
            ("link", "LINE", "utm_source=share&utm_medium=line"),
            ("link", "Use this prompt", "utm_source=remix&utm_medium=app"),
        ):
            with page.expect_response(re.compile(re.escape(told))) as waiting:
                page.get_by_role(role, name=name, exact=True).click()
            assert waiting.value.status == 204
    web.stop()
    kept = DayCount.objects.order_by("what", "words").values_list("what", "words", "count")
    assert list(kept) == [("remix", "app", 1), ("share", "copy", 1), ("share", "line", 1)]
