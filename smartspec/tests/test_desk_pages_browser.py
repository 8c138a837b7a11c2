"""The staff's own pages as assistive technology, a mouse and a keyboard find them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from gallery.models import Category, Item, Report
from gallery.tests.factories import make_category, make_item
from smartspec.tests.barriers import barriers
from smartspec.tests.test_desk_browser import artifacts, at_the_desk, desk_url, press, waiting_works
from smartspec.tests.test_journey import listen_for_troubles

__all__ = ["artifacts", "desk_url"]

pytestmark = pytest.mark.browser
DESK, WORKS = "/admin/gallery/item/moderate/", "/admin/gallery/item/"
SIGHTS = [{"color_scheme": "light"}, {"color_scheme": "dark", "viewport": {"width": 390, "height": 800}}]


def pages_of_staff() -> Iterator[str]:
    """Every kind of page that is our own, with something on it."""
    nature = make_category("Nature", translations={"th": {"name": "ธรรมชาติ"}})
    sea = make_category("Sea", parent=nature)
    shown = make_item(title="A calm sea", is_featured=True, categories=(sea,))
    waiting = waiting_works(2)
    Report.objects.create(item=shown, reason="other", text="It is mine")
    Report.objects.create(url="https://elsewhere.example/x", reason="copyright", contact="nok@example.org")
    yield from ("/admin/", DESK, f"{DESK}?state=reported", f"{DESK}?item={shown.pk}")
    yield from (WORKS, f"{WORKS}?status=all", f"{WORKS}{waiting[0].pk}/change/", f"{WORKS}generate/")
    yield from (f"{WORKS}arrange/", "/admin/gallery/category/arrange/", "/admin/gallery/category/")
    yield from (f"/admin/gallery/category/{sea.pk}/{page}/" for page in ("change", "merge"))
    yield from ("/admin/gallery/report/", "/admin/gallery/reservation/")


@pytest.mark.parametrize("sight", SIGHTS, ids=["light", "dark and narrow"])
def test_axe_finds_nothing_on_the_pages_of_staff(desk_url, sight):
    paths = list(pages_of_staff())
    found = []
    with at_the_desk(desk_url, "curator", **sight) as (page,):
        for path in paths:
            page.goto(desk_url + path)
            expect(page.locator("select.admin-autocomplete:not(.select2-hidden-accessible)")).to_have_count(0)
            expect(page.locator(".select2-selection__rendered:not([aria-label])")).to_have_count(0)
            found += barriers(page)
        page.goto(desk_url + DESK)
        press(page, "e")
        found += barriers(page)
        press(page, "Escape ?")
        found += barriers(page)
    assert not found, "\n".join(found)


def test_axe_finds_nothing_on_what_follows_a_first_click(desk_url):
    waiting_works(2)
    with at_the_desk(desk_url, "curator") as (page,):
        press(page, "x")
        page.get_by_role("button", name="Reject the selected").click()
        expect(page.get_by_text("1 work will be judged.")).to_be_visible()
        found = barriers(page)
    assert found == []


def test_axe_finds_nothing_while_variants_are_being_made(desk_url):
    with at_the_desk(desk_url, "curator") as (page,):
        page.goto(f"{desk_url}{WORKS}generate/")
        page.get_by_label("Prompt").fill("kites above a beach")
        with page.expect_navigation():  # else axe may begin on the page that is just being left
            page.get_by_role("button", name="Show the price").click()
        found = barriers(page)
    assert found == []


def test_a_film_plays_while_the_pointer_rests_on_it_and_a_sound_in_the_panel(desk_url):
    make_item(shown=False, media_type="video", files=True, title="Film")
    make_item(shown=False, media_type="audio", files=True, title="Sound")
    with at_the_desk(desk_url, "curator") as (page,):
        expect(page.locator(".review__art video")).to_have_attribute("controls", "")
        page.locator(".ticket").first.hover()
        expect(page.locator(".ticket__view video")).to_have_count(1)
        page.locator("#said").hover()
        expect(page.locator(".ticket__view video")).to_have_count(0)
        press(page, "ArrowRight")
        sound = page.locator(".review__art audio")
        expect(sound).to_have_count(1)
        press(page, "p")
        expect(sound).to_have_js_property("paused", False)


def names(page: Page, inside: str = "#arrange > .arrange__rows > .arrange__row > .arrange__one") -> list[str]:
    return page.locator(f"{inside} [data-name]").all_text_contents()


def test_categories_are_put_in_order_by_keyboard_and_by_drag(desk_url):
    top = [make_category(name, display_order=at) for at, name in enumerate(("A", "B", "C"), start=1)]
    make_category("A1", parent=top[0], display_order=1)
    with at_the_desk(desk_url, "curator") as (page,):
        found = listen_for_troubles(page)
        page.goto(f"{desk_url}/admin/gallery/category/arrange/")
        up = page.get_by_role("button", name="Move C up")
        up.focus()
        page.keyboard.press("Enter")
        assert names(page) == ["A", "C", "B"]
        expect(up).to_be_focused()
        expect(page.locator("#moved")).to_have_text("C moved, not saved yet.")
        page.locator("[data-name]", has_text="B").drag_to(
            page.locator("[data-name]", has_text="A").first, target_position={"x": 5, "y": 1}
        )
        assert names(page) == ["B", "A", "C"]
        page.get_by_role("button", name="Save the order").click()
        expect(page.get_by_text("The order was saved.")).to_be_visible()
        assert names(page) == ["B", "A", "C"]
        assert found == []
    order = Category.objects.filter(parent=None).order_by("display_order").values_list("name", flat=True)
    assert list(order) == ["B", "A", "C"]


def test_featured_works_are_put_in_order(desk_url):
    for title in ("First", "Second"):
        make_item(title=title, is_featured=True)
    with at_the_desk(desk_url, "curator") as (page,):
        page.goto(f"{desk_url}{WORKS}arrange/")
        assert names(page) == ["Second", "First"]
        page.get_by_role("button", name="Move First up").click()
        page.get_by_role("button", name="Save the order").click()
        expect(page.get_by_text("The order was saved.")).to_be_visible()
    assert Item.objects.order_by("display_order").first().title == "First"
