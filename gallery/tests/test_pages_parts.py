"""The small decisions behind the pages, as tables written by hand."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import Http404
from django.utils import translation

from gallery import listing
from gallery.pages import dates, paging, pictures, tiles
from gallery.tests.factories import make_item

CARD = {
    "id": "7",
    "w": 1536,
    "h": 1152,
    "ratio": "133",
    "widths": {"avif": [320, 640, 960, 1280], "webp": [320, 640, 960, 1280]},
    "original": "images/gallery/1/7.png",
}


@pytest.mark.parametrize(
    "here, last, shown",
    [
        (1, 1, [1]),
        (1, 2, [1, 2]),
        (1, 4, [1, 2, 3, 4]),
        (1, 52, [1, 2, 3, 4, None, 52]),
        (2, 5, [1, 2, 3, 4, 5]),
        (4, 21, [1, 2, 3, 4, 5, None, 21]),
        (7, 21, [1, None, 6, 7, 8, None, 21]),
        (21, 21, [1, None, 20, 21]),
        (19, 21, [1, None, 18, 19, 20, 21]),
    ],
)
def test_which_page_numbers_are_shown(here, last, shown):
    assert paging.numbers(here, last) == shown


@pytest.mark.parametrize("given, number", [(None, 1), ("1", 1), ("2", 2), ("50", 50)])
def test_a_page_number_is_read(given, number):
    assert paging.asked(given) == number


@pytest.mark.parametrize("given", ["", "0", "-1", "51", "9999", "two", "2.0", " 2", "02", "٢"])
def test_what_is_no_page_is_not_found(given):
    with pytest.raises(Http404):
        paging.asked(given)


def test_the_last_page_is_known_where_works_are_counted():
    pager = paging.pager("/gallery/category/x", here=1, has_next=True, total=49)
    assert pager.last == 3
    assert pager.next == "/gallery/category/x?page=2"


def test_a_stale_count_never_hides_the_next_page():
    assert paging.pager("/x", here=2, has_next=True, total=48).last == 3


def test_numbered_pages_end_at_fifty():
    pager = paging.pager("/x", here=50, has_next=True, total=5000)
    assert (pager.next, pager.last) == (None, 50)


def test_a_filtered_view_keeps_its_filter():
    pager = paging.pager("/x", here=2, has_next=True, extra="media_type=video")
    assert pager.previous == "/x?media_type=video"
    assert pager.next == "/x?media_type=video&page=3"


@pytest.mark.parametrize(
    "ms, spoken, iso",
    [
        (None, "", None),
        (0, "", None),
        (300, "0:01", "PT0.3S"),
        (8000, "0:08", "PT8S"),
        (8042, "0:08", "PT8.042S"),
        (75_000, "1:15", "PT75S"),
        (3_725_000, "1:02:05", "PT3725S"),
    ],
)
def test_a_length_for_people_and_for_machines(ms, spoken, iso):
    assert dates.length(ms) == spoken
    assert dates.iso_length(ms) == iso


@pytest.mark.parametrize("language, day", [("en", "1 January 2027"), ("th", "1 มกราคม 2570")])
def test_a_date_is_that_of_bangkok(language, day):
    with translation.override(language):
        assert dates.spoken(datetime(2026, 12, 31, 17, tzinfo=UTC), language) == day


@pytest.mark.parametrize("ratio, widths", [("067", (320, 640)), ("120", (320, 640)), ("133", (640, 960))])
def test_a_list_takes_the_640_picture_and_offers_what_fits_the_shape_to_those_who_know_avif(ratio, widths):
    picture = pictures.listed(CARD | {"ratio": ratio}, lazy=True)
    folder = "/media/images/thumbnails"
    assert picture.src == f"{folder}/640/7.webp"
    assert picture.webp == f"{folder}/640/7.webp 640w"
    assert picture.avif == ",".join(f"{folder}/{width}/7.avif {width}w" for width in widths)
    assert picture.sizes == "auto,70vw"


def test_a_small_original_is_offered_as_it_is():
    picture = pictures.listed(
        CARD | {"w": 300, "h": 225, "widths": {"avif": [300], "webp": [300]}}, lazy=True
    )
    assert picture.avif == "/media/images/thumbnails/300/7.avif 300w"
    assert (picture.width, picture.height) == (300, 225)


def test_a_listed_picture_has_the_size_of_the_file_in_its_src():
    picture = pictures.listed(CARD, lazy=True)
    assert (picture.width, picture.height) == (640, 480)


def test_a_wanted_picture_is_sized_by_its_ratio_alone():
    assert pictures.listed(CARD, lazy=False).sizes == "(min-width:40rem) 29vw,69vw"


def test_a_tall_lead_is_bounded_by_the_height_of_the_window():
    sizes = pictures.lead(CARD | {"ratio": "056"}).sizes
    assert sizes.endswith("(min-width:64rem) min(66vw,45svh),min(88vw,45svh)")


def test_a_small_picture_is_never_asked_for_larger():
    small = CARD | {"widths": {"webp": [200]}}
    assert pictures.large(small).src == "/media/images/thumbnails/200/7.webp"


def test_without_renditions_there_is_no_picture_and_no_preview():
    bare = CARD | {"widths": {}}
    assert pictures.listed(bare, lazy=True) is None
    assert pictures.social(bare) is None
    assert pictures.original(bare) == "/media/images/gallery/1/7.png"


def test_the_preview_waits_for_all_renditions():
    assert pictures.social(CARD | {"widths": {"webp": [640]}}) is None
    assert pictures.social(CARD) == "/media/images/social/7.jpg"


@pytest.mark.django_db
class TestTiles:
    def only_tile(self, item, language="en", **how):
        from gallery import listing

        (tile,) = tiles.tiles(listing.cards().items, language=language, **how)
        return tile

    def test_a_sound_has_a_wave_and_no_picture(self):
        tile = self.only_tile(make_item(media_type="audio"))
        assert tile.picture is None
        assert tile.wave.startswith("M3 ")
        assert (tile.length, tile.classes) == ("0:24", "card r-133 card--audio")

    def test_a_model_is_called_by_its_name(self):
        assert self.only_tile(make_item()).medium == "Image, Nano Banana Pro"

    def test_a_model_that_we_no_longer_know_keeps_its_id(self):
        assert self.only_tile(make_item(model_id="old/model")).medium == "Image, old/model"

    def test_alt_text_falls_back_to_the_title(self):
        assert self.only_tile(make_item(title="Ridge", alt_text="")).alt == "Ridge"

    def test_a_foreign_title_is_marked(self):
        item = make_item(title="Ridge")
        assert (self.only_tile(item).lang, self.only_tile(item, "th").lang) == ("", "en")

    def test_a_translated_title_is_used(self):
        item = make_item(title="Ridge", translations={"th": {"title": "สันเขา", "alt_text": "เขาสีส้ม"}})
        tile = self.only_tile(item, "th")
        assert (tile.title, tile.alt, tile.lang) == ("สันเขา", "เขาสีส้ม", "")

    def test_an_odd_ratio_hangs_on_a_mat(self):
        item = make_item(asset={"width": 3000, "height": 700})
        assert self.only_tile(item).classes.split()[-1] == "card--mat"

    def test_only_the_first_pictures_are_wanted_at_once(self):
        for ago in range(6):
            make_item(published_at=datetime.now(UTC) - timedelta(hours=ago))
        shown = tiles.tiles(listing.cards().items, language="en")
        assert [tile.is_lazy for tile in shown] == [False] * 4 + [True] * 2
        assert [tile.is_first for tile in shown] == [True] + [False] * 5
        beneath = tiles.tiles(listing.cards().items, language="en", has_lead=True)
        assert [tile.is_lazy for tile in beneath] == [True] * 6
