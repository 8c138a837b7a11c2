"""Staff at work in a real browser: generating into the gallery, and judging works by keys alone."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from accounts.tests.factories import PASSWORD
from gallery.models import Decision, Item
from gallery.tests.factories import make_item, make_staff
from smartspec.tests.servers import chromium, programs
from smartspec.tests.test_journey import (
    artifacts,
    assert_loaded,
    listen_for_troubles,
    page,
    site,
)
from storage_app import keys, placing
from storage_app.tests import media

__all__ = ["artifacts", "page", "site"]

pytestmark = pytest.mark.browser


def sign_in(url: str, page: Page, path: str, username: str = "curator") -> None:
    page.goto(f"{url}{path}")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def test_works_are_generated_picked_and_approved_on_one_page(site, page):
    troubles = listen_for_troubles(page)
    sign_in(site.url, page, "/admin/gallery/item/")
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


@pytest.fixture
def desk_url(transactional_db, artifacts) -> Iterator[str]:
    """Only the web process: nobody generates here."""
    web, url = programs.web(artifacts, {"KIE_AI_API_KEY": ""})
    yield url
    web.stop()


def waiting_works(number: int) -> list[Item]:
    """Works with a small real file each, oldest first."""
    with TemporaryDirectory() as folder:
        path = media.written(Path(folder), media.make_png(48, 36))
        works = []
        for place in range(1, number + 1):
            key = keys.published("image", uuid.uuid4(), uuid.uuid4(), "png")
            placing.put(path, key=key, content_type="image/png")
            asset = {"key": key, "width": 48, "height": 36, "bytes": path.stat().st_size}
            works.append(make_item(shown=False, rendered=False, asset=asset, title=f"Work {place:03}"))
    return works


def press(page: Page, words: str) -> None:
    for key in words.split():
        page.keyboard.press(key)


def wait_for_the_desk(page: Page) -> None:
    expect(page.locator("#desk")).to_have_attribute("data-waiting", "0", timeout=120_000)


COPY, PERSON, BROKEN = (
    "Near copy of another work",
    "Real person without consent",
    "Broken or unfinished picture",
)
# What a hand does at one work, and the rows that it leaves.
HABITS = [
    ("a", [("approve", "")]),
    ("4 r", [("reject", BROKEN)]),
    ("r 1", [("reject", COPY)]),
    ("f a", [("feature", ""), ("approve", "")]),
    ("a z r 2", [("approve", ""), ("undo", ""), ("reject", PERSON)]),
    ("ArrowRight ArrowLeft a", [("approve", "")]),
    ("f f 4 r", [("feature", ""), ("unfeature", ""), ("reject", BROKEN)]),
    ("r 4 z a", [("reject", BROKEN), ("undo", ""), ("approve", "")]),
]


@contextmanager
def at_the_desk(url: str, *names: str, **context) -> Iterator[list[Page]]:
    """Each of these people signed in at the desk, in a browser of their own.

    Rows are read and written outside: Playwright and the database do not go together in one thread.
    """
    for name in names:
        if not User.objects.filter(username=name).exists():
            make_staff(name)
    with chromium.open_browser() as browser:
        pages = []
        for name in names:
            options = {"viewport": {"width": 1280, "height": 900}} | context
            page = browser.new_context(**options).new_page()
            sign_in(url, page, "/admin/gallery/item/moderate/", name)
            wait_for_the_desk(page)
            pages.append(page)
        yield pages


def test_a_hundred_works_are_judged_by_keys_alone(desk_url, artifacts):
    works = waiting_works(100)
    expected = []
    with at_the_desk(desk_url, "curator") as (page,):
        troubles = listen_for_troubles(page)
        for number, work in enumerate(works):
            hand, rows = HABITS[number % len(HABITS)]
            press(page, hand)
            expected += [(work.title, action, reason) for action, reason in rows]
            if number == 20:
                wait_for_the_desk(page)
                page.screenshot(path=artifacts / "desk-3-judging.png")
        wait_for_the_desk(page)
        expect(page.locator("#said")).to_have_text("Nothing waits any more.")
    rows = Decision.objects.order_by("id").values_list("item__title", "action", "reason")
    assert list(rows) == expected
    assert troubles == []


def test_two_people_at_once_never_judge_one_work(desk_url, artifacts):
    waiting_works(30)
    with at_the_desk(desk_url, "mali", "nan") as (mali, nan):
        for _work in range(30):
            press(mali, "a")
            press(nan, "r 1")
        for page in (mali, nan):
            wait_for_the_desk(page)
        mali.screenshot(path=artifacts / "desk-4-two-people.png")
    judged = list(Decision.objects.values_list("item", flat=True))
    assert len(judged) == len(set(judged)) == 30
    assert Decision.objects.values("by").distinct().count() == 2


def test_texts_are_written_beside_the_work(desk_url):
    (work,) = waiting_works(1)
    with at_the_desk(desk_url, "curator") as (page,):
        press(page, "e")
        expect(page.locator("#words_title")).to_be_focused()
        page.keyboard.press("Control+a")
        page.keyboard.type("A quiet canal")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".ticket__title")).to_have_text("A quiet canal")
        press(page, "a")
        wait_for_the_desk(page)
    shown = Item.objects.public().get()
    assert (shown, shown.title) == (work, "A quiet canal")


def test_what_was_written_is_taken_back_by_a_key(desk_url):
    (work,) = waiting_works(1)
    with at_the_desk(desk_url, "curator") as (page,):
        press(page, "e")
        expect(page.locator("#words_title")).to_be_focused()
        page.keyboard.press("Control+a")
        page.keyboard.type("A quiet canal")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".ticket__title")).to_have_text("A quiet canal")
        press(page, "z")
        expect(page.locator(".ticket__title")).to_have_text(work.title)
        expect(page.locator(".review__title")).to_have_text(work.title)
        press(page, "a")
        wait_for_the_desk(page)
    assert list(Decision.objects.order_by("id").values_list("action", flat=True)) == [
        "edit",
        "undo",
        "approve",
    ]
    assert Item.objects.public().get().title == work.title


def test_a_work_is_removed_for_good_only_after_a_second_click(desk_url):
    (work,) = waiting_works(1)
    with at_the_desk(desk_url, "curator") as (page,):
        page.get_by_role("button", name="Remove for good").click()
        expect(page.get_by_text("There is no way back")).to_be_visible()
        page.get_by_label("Against the law").check()
        page.get_by_label("In your own words").fill("letter of 3 May")
        page.get_by_role("button", name="Remove for good").click()
        expect(page.get_by_text("1 work was changed.")).to_be_visible()
    decision = Decision.objects.get(item=work)
    assert (decision.action, decision.reason) == ("remove", "Against the law: letter of 3 May")


def test_pictures_are_blurred_by_preference_and_keys_are_told(desk_url):
    waiting_works(1)
    with at_the_desk(desk_url, "curator") as (page,):
        press(page, "b")
        expect(page.locator("#desk")).to_have_attribute("data-blur", "")
        page.reload()
        expect(page.locator("#desk")).to_have_attribute("data-blur", "")
        press(page, "?")
        expect(page.get_by_role("dialog")).to_contain_text("Undo your last decision")
        page.get_by_role("button", name="Close").click()
        press(page, "b")
        expect(page.locator("#desk")).not_to_have_attribute("data-blur", "")


def test_works_are_judged_by_touch_on_a_phone(desk_url, artifacts):
    first, second = waiting_works(2)
    phone_like = {"viewport": {"width": 390, "height": 800}, "has_touch": True}
    with at_the_desk(desk_url, "curator", **phone_like) as (phone,):
        phone.screenshot(path=artifacts / "desk-5-phone.png")
        phone.locator(".ticket__link").first.tap()
        expect(phone.locator(".review")).to_be_in_viewport()
        phone.screenshot(path=artifacts / "desk-6-phone-work.png")
        phone.get_by_role("button", name="Approve A").tap()
        expect(phone.locator(".review__title")).to_have_text(second.title)
        phone.get_by_label("Broken or unfinished picture").tap()
        phone.get_by_role("button", name="Reject R").tap()
        expect(phone.locator("#said")).to_have_text("Nothing waits any more.")
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    rows = Decision.objects.order_by("id").values_list("item", "action")
    assert list(rows) == [(first.pk, "approve"), (second.pk, "reject")]
