"""The pages of staff without barriers: by day and by night, in Thai, on a phone, after a first click."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from accounts.tests.factories import make_key, make_user
from gallery.tests.factories import make_item, make_staff, make_task
from smartspec.tests.barriers import barriers
from smartspec.tests.test_desk_browser import (
    artifacts,
    at_the_desk,
    desk_url,
    press,
    wait_for_the_desk,
    waiting_works,
)
from smartspec.tests.test_desk_pages_browser import pages_of_staff

__all__ = ["artifacts", "desk_url"]

pytestmark = pytest.mark.browser
DESK, WORKS, PEOPLE = "/admin/gallery/item/moderate/", "/admin/gallery/item/", "/admin/accounts/"
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True}
SIGHTS = {
    "light": {"color_scheme": "light"},
    "dark on a phone": {"color_scheme": "dark", **PHONE},
    "Thai": {"locale": "th-TH"},
    "Thai on a phone": {"locale": "th-TH", **PHONE},
}


def more_pages() -> Iterator[str]:
    """Those of variants and of people."""
    curator = make_staff("curator")
    key, _secret = make_key(make_user("somchai"))
    yield variants_of(curator)
    yield from (f"{PEOPLE}{name}/" for name in ("user", "apikey", "ledgerentry", "auditentry"))
    yield from (f"{PEOPLE}user/{key.user_id}/change/", f"{PEOPLE}apikey/{key.pk}/change/")


def variants_of(curator: User) -> str:
    """Four variants on one page: one under way, one that failed, one to judge, one that was chosen."""
    made = {"status": "processing", "stage": "generating", "progress": 0.4, "external_task_id": "one"}
    under_way = make_task(user=curator, done=False, **made)
    ended = {"status": "failed", "stage": "done", "due_at": None, "error_code": "content_rejected"}
    failed = make_task(user=curator, done=False, **ended)
    judged = [make_task(user=curator) for _variant in range(2)]
    for task, is_shown in zip(judged, (False, True), strict=True):
        make_item(generation_task=task, shown=is_shown, created_by=curator)
    query = urlencode([("task", task.pk) for task in (under_way, failed, *judged)])
    return f"{WORKS}generate/progress/?{query}"


@contextmanager
def seen_as(url: str, **sight) -> Iterator[Page]:
    """As its reader has it; the way in is asked for in English."""
    with at_the_desk(url, "curator") as (page,):
        signed_in = page.context.storage_state()
        yield page.context.browser.new_context(storage_state=signed_in, **sight).new_page()


def found_at(page: Page, address: str) -> list[str]:
    page.goto(address)
    expect(page.locator("select.admin-autocomplete:not(.select2-hidden-accessible)")).to_have_count(0)
    expect(page.locator(".select2-selection__rendered:not([aria-label])")).to_have_count(0)
    return barriers(page)


@pytest.mark.parametrize("sight", SIGHTS.values(), ids=SIGHTS)
def test_pages_of_variants_and_of_people_have_no_barriers(desk_url, sight):
    paths = list(more_pages())
    with seen_as(desk_url, **sight) as page:
        found = [fault for path in paths for fault in found_at(page, desk_url + path)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", ["Thai", "Thai on a phone"])
def test_no_page_of_staff_has_a_barrier_in_thai(desk_url, name):
    paths = list(pages_of_staff())
    with seen_as(desk_url, **SIGHTS[name]) as page:
        found = [fault for path in paths for fault in found_at(page, desk_url + path)]
        page.goto(desk_url + DESK)
        wait_for_the_desk(page)
        assert page.locator("html").get_attribute("lang") == "th"
        for keys in ("e", "Escape ?"):
            press(page, keys)
            found += barriers(page)
    assert not found, "\n".join(found)


def test_what_is_asked_before_something_ends_for_good_has_no_barriers(desk_url):
    waiting_works(1)
    make_key(make_user("somchai"))
    with at_the_desk(desk_url, "curator") as (page,):
        page.get_by_role("button", name="Remove for good").click()
        expect(page.get_by_text("There is no way back")).to_be_visible()
        found = barriers(page)
        for path, act in ((f"{PEOPLE}apikey/", "revoke"), (f"{PEOPLE}user/", "grant_credits")):
            page.goto(desk_url + path)
            page.get_by_role("row").last.get_by_role("checkbox").check()
            page.get_by_label("Action:").select_option(act)
            page.get_by_role("button", name="Go").click()
            expect(page.get_by_label("Reason")).to_be_visible()
            found += barriers(page)
    assert not found, "\n".join(found)
