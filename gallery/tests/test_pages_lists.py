from datetime import timedelta

import pytest
from django.utils import timezone

from gallery import counting
from gallery.models import Item, ItemStats
from gallery.tests.factories import make_category, make_item
from gallery.tests.reading import Page

pytestmark = pytest.mark.django_db
LISTS = ["/gallery", "/gallery/images", "/th/gallery", "/th/gallery/images", "/gallery/category/rivers"]


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Every shown work has its own moderator, and a password costs more than a work."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def make_many(count, **fields):
    """Works, the first one the newest."""
    now = timezone.now()
    return [make_item(published_at=now - timedelta(minutes=at), **fields) for at in range(count)]


def test_the_front_page_leads_with_a_featured_work_and_then_shows_the_newest(client):
    newest, older, featured = make_many(3)
    type(featured).objects.filter(pk=featured.pk).update(is_featured=True)
    page = Page(client.get("/gallery"))
    assert page.one("h2", "lead__title").text == featured.title
    assert page.one("p", "over").text == "Featured"
    assert page.titles == [newest.title, older.title]


def test_without_a_featured_work_the_newest_leads(client):
    newest, older = make_many(2)
    page = Page(client.get("/gallery"))
    assert page.one("h2", "lead__title").text == newest.title
    assert page.one("p", "over").text == "Newest"
    assert page.titles == [older.title]


def test_a_sensitive_work_hangs_in_no_list(client):
    make_item(title="Quiet river")
    make_item(title="Not for everybody", rating="sensitive")
    for path in ("/gallery", "/gallery/images", "/gallery/nothing-here"):
        assert "Not for everybody" not in client.get(path).content.decode()


@pytest.mark.parametrize("media_type, path", [("image", "images"), ("video", "videos"), ("audio", "audio")])
def test_a_kind_has_a_page_of_its_own(client, media_type, path):
    for each in ("image", "video", "audio"):
        make_item(title=f"One {each}", media_type=each)
    page = Page(client.get(f"/gallery/{path}"))
    assert page.titles == [f"One {media_type}"]
    chosen = page.all("a", "filters__link", **{"aria-current": "true"})
    assert chosen[0].attrs["href"] == f"/gallery/{path}"


def test_a_category_shows_its_works_and_those_below(client):
    land = make_category("Landscape", description="Where no one has stood.")
    hills = make_category("Hills", parent=land)
    make_item(title="On a hill", categories=(hills,))
    make_item(title="In the city")
    page = Page(client.get("/gallery/category/landscape"))
    assert page.titles == ["On a hill"]
    assert page.one("h1").text == "Landscape"
    assert page.one("p", "intro__text").text == "Where no one has stood."
    assert [link.text for link in page.all("a", "filters__link")][7:] == ["All of Landscape", "Hills"]


def test_a_category_at_the_bottom_shows_those_beside_it(client):
    land = make_category("Landscape")
    hills, sea = make_category("Hills", parent=land), make_category("Sea", parent=land)
    make_item(categories=(hills,))
    make_item(categories=(sea,))
    page = Page(client.get("/gallery/category/hills"))
    topics = page.all("a", "filters__link")[7:]
    assert [link.text for link in topics] == ["All of Landscape", "Hills", "Sea"]
    assert [link.text for link in topics if link.attrs.get("aria-current")] == ["Hills"]
    assert [crumb.text for crumb in page.one("ol", "crumbs__list").parts and page.all("li")][:3] == [
        "Gallery",
        "Landscape",
        "Hills",
    ]


def test_a_category_can_be_looked_at_by_kind_but_that_is_not_indexed(client):
    rivers = make_category("Rivers")
    make_item(title="Still river", categories=(rivers,))
    make_item(title="Flowing river", media_type="video", categories=(rivers,))
    page = Page(client.get("/gallery/category/rivers?media_type=video"))
    assert page.titles == ["Flowing river"]
    assert page.meta("robots") == "noindex,follow"
    assert page.alternates == {}
    assert client.get("/gallery/category/rivers?media_type=smell").status_code == 404


def test_an_empty_category_is_not_offered_and_not_indexed(client):
    make_category("Rivers")
    make_item()
    page = Page(client.get("/gallery/category/rivers"))
    assert page.meta("robots") == "noindex,follow"
    assert page.one("h2", "empty__title").text == "Nothing hangs here yet"
    assert "Rivers" not in [link.text for link in Page(client.get("/gallery")).all("a", "filters__link")]


def test_an_empty_gallery_says_so(client):
    page = Page(client.get("/gallery"))
    assert page.one("h2", "empty__title").text == "Nothing hangs here yet"
    assert page.one("h1").text == "All works"


class TestOrder:
    @pytest.fixture(autouse=True)
    def works(self):
        liked, newest = make_item(title="Liked"), make_item(title="Newest")
        ItemStats.objects.filter(item=liked).update(
            like_count=7, popularity=counting.popularity(views=0, likes=7)
        )
        return liked, newest

    @pytest.mark.parametrize("path", ["/gallery", "/gallery/images"])
    @pytest.mark.parametrize("sort", ["popular", "trending"])
    def test_works_can_be_seen_in_another_order_which_is_not_indexed(self, client, settings, path, sort):
        page = Page(client.get(f"{path}?sort={sort}"))
        assert page.titles == ["Liked", "Newest"]
        assert page.meta("robots") == "noindex,follow"
        assert page.link("canonical") == f"{settings.SITE_URL}{path}?sort={sort}"
        assert page.alternates == {}

    def test_links_lead_to_the_other_orders(self, client):
        page = Page(client.get("/gallery/images?sort=popular"))
        links = [(link.text, link.attrs["href"]) for link in page.all("a", "filters__link")[4:7]]
        assert links == [
            ("Recent", "/gallery/images"),
            ("Popular", "/gallery/images?sort=popular"),
            ("Trending", "/gallery/images?sort=trending"),
        ]

    def test_the_plain_order_has_one_address(self, client):
        assert client.get("/gallery/images?sort=recent&page=1")["Location"] == "/gallery/images"
        assert client.get("/gallery/images?sort=loudest").status_code == 404

    def test_a_chosen_kind_stays_chosen(self, client):
        rivers = make_category("Rivers")
        make_item(categories=(rivers,), media_type="video")
        page = Page(client.get("/gallery/category/rivers?media_type=video"))
        links = [link.attrs["href"] for link in page.all("a", "filters__link")[4:7]]
        assert links[1] == "/gallery/category/rivers?media_type=video&sort=popular"


class TestPages:
    @pytest.fixture(autouse=True)
    def works(self):
        return make_many(50)

    def test_every_work_stands_on_exactly_one_page(self, client, works):
        seen = []
        for number in (1, 2, 3):
            page = Page(client.get("/gallery/images" + (f"?page={number}" if number > 1 else "")))
            seen += page.titles
        assert seen == [work.title for work in works]
        assert client.get("/gallery/images?page=4").status_code == 404

    def test_the_lead_takes_one_place_of_the_first_page(self, client, works):
        first, second = (Page(client.get(path)) for path in ("/gallery", "/gallery?page=2"))
        assert len(first.titles) == 23
        assert second.titles[0] == works[24].title
        assert second.all("section", "lead") == []
        assert second.one("h1").text == "All works Page 2"

    def test_links_lead_to_the_pages_around(self, client):
        page = Page(client.get("/gallery/images?page=2"))
        links = [(link.text, link.attrs["href"]) for link in page.all("a", "pager__item")]
        assert links == [
            ("Previous", "/gallery/images"),
            ("1", "/gallery/images"),
            ("2", "/gallery/images?page=2"),
            ("3", "/gallery/images?page=3"),
            ("Next", "/gallery/images?page=3"),
        ]
        assert page.one("a", "leaf__link").attrs["href"] == "/gallery/images?page=3"

    def test_the_last_page_has_no_leaf(self, client):
        page = Page(client.get("/gallery/images?page=3"))
        assert page.all("a", "leaf__link") == []
        assert [link.attrs["href"] for link in page.all("a", rel="next")] == []

    def test_each_page_is_canonical_for_itself(self, client, settings):
        page = Page(client.get("/gallery/images?page=2&utm_source=x"))
        assert page.link("canonical") == f"{settings.SITE_URL}/gallery/images?page=2"
        assert page.one("title").text == "AI images with their prompts, page 2 | SmartSpec Gallery"
        assert page.alternates == {
            "en": f"{settings.SITE_URL}/gallery/images?page=2",
            "th": f"{settings.SITE_URL}/th/gallery/images?page=2",
            "x-default": f"{settings.SITE_URL}/gallery/images?page=2",
        }


class TestWeight:
    """The budgets of a list of 24, with three categories and titles in both languages."""

    @pytest.fixture(autouse=True)
    def works(self):
        rivers = make_category("Rivers", translations={"th": {"name": "แม่น้ำ"}})
        make_category("Night rivers", parent=rivers)
        make_many(13, categories=(rivers,))
        make_many(13, categories=(rivers,), language="th", media_type="video", title="น้ำขึ้นคืนเดือนหงาย")
        make_many(26, media_type="image", categories=(rivers,), is_featured=True)

    @pytest.mark.parametrize("path", LISTS)
    def test_a_list_costs_two_queries(self, client, django_assert_num_queries, path):
        with django_assert_num_queries(2):
            client.get(path)

    @pytest.mark.parametrize("path", LISTS)
    def test_few_pictures_are_wanted_at_once(self, client, path):
        images = Page(client.get(path)).all("img")
        assert len(images) == 24
        assert len([image for image in images if image.attrs.get("loading") != "lazy"]) <= 8
        assert len([image for image in images if image.attrs.get("fetchpriority") == "high"]) == 1
        assert images[0].attrs["fetchpriority"] == "high"

    @pytest.mark.parametrize("path", LISTS)
    def test_anybody_may_cache_a_list(self, client, path):
        response = client.get(path)
        assert response["Cache-Control"] == "public, max-age=0, s-maxage=1, stale-while-revalidate=10"
        assert response.cookies == {}
        assert "Cookie" not in response.get("Vary", "")
        assert client.get(path, headers={"if-none-match": response["ETag"]}).status_code == 304


class TestCompany:
    """What hangs beneath a list that is short, so that nobody stands before a bare wall."""

    def test_popular_works_hang_beneath_a_short_list(self, client):
        make_item(media_type="video", title="A film")
        liked, other = make_item(title="Liked"), make_item(title="Other")
        ItemStats.objects.filter(item=liked).update(like_count=3, popularity=3)
        page = Page(client.get("/gallery/videos"))
        assert page.titles == ["A film"]
        assert page.one("h2", "section__title").text == "Popular works"
        assert page.further_titles == [liked.title, other.title]

    def test_a_list_of_six_is_company_enough(self, client):
        make_many(6, media_type="video")
        make_item(title="A picture")
        assert Page(client.get("/gallery/videos")).further_titles == []

    def test_sounds_have_pictures_beneath_them_however_many_they_are(self, client):
        make_many(24, media_type="audio")
        make_item(media_type="video")
        make_item(title="A picture", files=True)
        page = Page(client.get("/gallery/audio"))
        assert page.further_titles == ["A picture"]
        assert page.one("img").attrs["fetchpriority"] == "high"

    def test_a_list_with_pictures_wants_none_of_its_company_first(self, client):
        make_item(media_type="video", files=True)
        make_item(files=True)
        page = Page(client.get("/gallery/videos"))
        assert [image.attrs.get("loading") for image in page.all("img")] == [None, "lazy"]

    def test_an_empty_list_has_company_too(self, client):
        make_item(title="A picture")
        page = Page(client.get("/gallery/audio"))
        assert page.one("h2", "empty__title")
        assert page.further_titles == ["A picture"]

    def test_further_pages_and_a_page_with_a_lead_need_none(self, client):
        make_many(25, media_type="video")
        make_many(2)
        assert Page(client.get("/gallery/videos?page=2")).further_titles == []
        Item.objects.filter(media_type="video").update(is_public=False)
        assert Page(client.get("/gallery")).further_titles == []
