"""What the pages' scripts add, in a real browser, and that nothing is missing without them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from gallery.models import Like, Tally
from gallery.tests import exhibition
from gallery.tests.factories import make_item
from smartspec.tests.barriers import barriers
from smartspec.tests.servers import chromium, programs

pytestmark = pytest.mark.browser
SIGHTS = [
    {"color_scheme": "light"},
    {"color_scheme": "dark", "viewport": {"width": 320, "height": 640}},
    {"forced_colors": "active"},
]


@pytest.fixture
def url(transactional_db, tmp_path) -> Iterator[str]:
    web, url = programs.web(tmp_path, {})
    yield url
    web.stop()


@contextmanager
def visiting(**context) -> Iterator[Page]:
    """Rows are written before and read after: Playwright and the database do not go together."""
    with chromium.open_browser() as browser:
        page = browser.new_context(**{"viewport": {"width": 1280, "height": 900}} | context).new_page()
        page.set_default_timeout(15_000)
        yield page


def hang(*titles: str, **fields) -> list[str]:
    """Works with these titles, the newest first; returns their paths."""
    now = timezone.now()
    return [
        f"/gallery/{make_item(title=title, published_at=now - timedelta(minutes=at), **fields).slug}"
        for at, title in enumerate(titles)
    ]


class TestFullSize:
    def test_a_picture_opens_and_escape_gives_the_focus_back(self, url):
        [path] = hang("Lantern river", files=True)
        with visiting() as page:
            page.goto(url + path)
            opener = page.get_by_role("link", name="Full size")
            opener.focus()
            page.keyboard.press("Enter")
            dialog = page.get_by_role("dialog", name="Full size")
            expect(dialog).to_be_visible()
            expect(dialog.locator("img")).to_have_js_property("complete", True)
            page.keyboard.press("Escape")
            expect(dialog).to_be_hidden()
            expect(opener).to_be_focused()

    def test_arrow_keys_turn_to_the_next_work_and_back(self, url):
        newer, older = hang("Newer", "Older", files=True)
        with visiting() as page:
            page.goto(url + newer)
            page.get_by_role("link", name="Full size").click()
            page.keyboard.press("ArrowRight")
            page.wait_for_url(f"{url}{older}#full")
            expect(page.get_by_role("dialog").get_by_text("Older")).to_be_visible()
            page.keyboard.press("ArrowLeft")
            page.wait_for_url(f"{url}{newer}#full")
            page.get_by_role("button", name="Close").click()
            expect(page.get_by_role("dialog")).to_be_hidden()
            page.wait_for_url(url + newer)


class TestLikes:
    def test_a_like_is_remembered_and_can_be_taken_back(self, url):
        [path] = hang("Lantern river")
        with visiting() as page:
            page.goto(url + path)
            like = page.get_by_role("button", name="Like")
            expect(like).to_have_attribute("aria-pressed", "false")
            like.click()
            expect(like).to_have_attribute("aria-pressed", "true")
            expect(like).to_contain_text("1")
            page.reload()
            expect(like).to_have_attribute("aria-pressed", "true")
            [cookie] = page.context.cookies()
            assert (cookie["path"], cookie["httpOnly"]) == ("/api/v1/gallery/", True)
            like.click()
            expect(like).to_have_attribute("aria-pressed", "false")
        assert Like.objects.count() == 0

    def test_a_second_of_looking_is_a_view(self, url):
        [path] = hang("Lantern river")
        with visiting() as page:
            with page.expect_response(lambda answer: answer.url.endswith("/view")) as told:
                page.goto(url + path)
            assert told.value.status == 204
        assert Tally.objects.get().views == 1


class TestLists:
    def test_a_list_unrolls_in_place_and_stays_unrolled_on_the_way_back(self, url):
        hang(*(f"Work {at:02}" for at in range(30)))
        with visiting() as page:
            page.goto(f"{url}/gallery/images")
            cards = page.locator(".rows > .card")
            expect(cards).to_have_count(24)
            page.get_by_role("link", name="More images").click()
            expect(cards).to_have_count(30)
            assert page.url == f"{url}/gallery/images"
            expect(page.get_by_role("status")).to_have_text("6 more works")
            expect(cards.nth(24).get_by_role("link")).to_be_focused()
            cards.nth(29).scroll_into_view_if_needed()
            where = page.evaluate("scrollY")
            cards.nth(29).get_by_role("link").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Work 29")
            page.go_back()
            expect(cards).to_have_count(30)
            page.wait_for_function("y => Math.abs(scrollY - y) < 100", arg=where)

    def test_a_film_moves_under_the_pointer_and_rests_when_it_leaves(self, url):
        hang("Lantern film", media_type="video", files=True)
        with visiting() as page:
            page.goto(f"{url}/gallery/videos")
            page.get_by_role("link", name="Lantern film").hover()
            film = page.locator(".card video")
            expect(film).to_have_js_property("muted", True)
            page.mouse.move(0, 0)
            expect(film).to_have_count(0)

    def test_nothing_moves_for_whoever_wants_it_calm(self, url):
        hang("Lantern film", media_type="video", files=True)
        with visiting(reduced_motion="reduce") as page:
            page.goto(f"{url}/gallery/videos")
            page.get_by_role("link", name="Lantern film").hover()
            page.wait_for_timeout(600)
            expect(page.locator(".card video")).to_have_count(0)


@pytest.mark.sqlite_only("a page looks the same on every database")
class TestForEverybody:
    @pytest.fixture
    def paths(self, url):
        """Of every kind of page, in both languages; the works have no files here."""
        found = [*exhibition.hang(), *exhibition.hang_more(), exhibition.take_down()]
        return exhibition.in_both(found)

    @pytest.mark.parametrize("sight", SIGHTS, ids=[str(sight) for sight in SIGHTS])
    def test_no_page_shuts_anybody_out(self, url, paths, sight):
        """axe-core finds what a machine can find, in what is folded away too."""
        wrong = []
        with visiting(**sight) as page:
            for path in paths:
                page.goto(url + path)
                page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
                wrong += barriers(page)
        assert wrong == []

    def test_every_page_fits_a_narrow_screen_with_wide_letters(self, url, paths):
        spaced = "* { letter-spacing: .12em !important; word-spacing: .16em !important }"
        wide = []
        with visiting(viewport={"width": 320, "height": 640}, bypass_csp=True) as page:
            for path in paths:
                page.goto(url + path)
                plain = page.evaluate("document.documentElement.scrollWidth")
                page.add_style_tag(content=spaced)
                page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
                wide += [path] * (plain > 320 or page.evaluate("document.documentElement.scrollWidth") > 320)
        assert wide == []

    def test_every_page_fits_a_window_at_200_per_cent(self, url, paths):
        """A window of 1280 pixels holds 640 of a page then, and letters are twice as large."""
        wide = []
        with visiting(viewport={"width": 640, "height": 450}, device_scale_factor=2, bypass_csp=True) as page:
            for path in paths:
                page.goto(url + path)
                page.add_style_tag(content="html { font-size: 200% !important }")
                wide += [path] * page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert wide == []

    def test_no_page_breaks_its_own_content_policy(self, url, paths):
        said = []
        with visiting() as page:
            page.on("console", lambda message: said.append(message.text))
            page.on("pageerror", lambda error: said.append(str(error)))
            for path in paths:
                page.goto(url + path)
        assert [text for text in said if not text.startswith("Failed to load resource")] == []

    def test_without_a_script_no_button_is_dead(self, url, paths):
        dead = []
        with visiting(java_script_enabled=False) as page:
            for path in paths:
                page.goto(url + path)
                buttons = page.locator("button:not([type=submit]):visible")
                dead += [(path, text) for text in buttons.all_inner_texts() if "styleguide" not in path]
        assert dead == []

    def test_the_first_tab_skips_to_the_works(self, url, paths):
        with visiting() as page:
            page.goto(f"{url}/gallery")
            page.keyboard.press("Tab")
            expect(page.get_by_role("link", name="Skip to the works")).to_be_focused()
            page.keyboard.press("Tab")
            page.keyboard.press("Tab")
            expect(page.get_by_role("searchbox")).to_be_focused()
