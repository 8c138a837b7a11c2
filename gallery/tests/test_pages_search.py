from datetime import timedelta
from urllib.parse import quote

import pytest
from django.conf import settings
from django.utils import timezone

from gallery.pages.marking import marked
from gallery.tests.factories import make_category, make_item
from gallery.tests.reading import Page
from smartspec.lib import tokens

pytestmark = pytest.mark.django_db


def search(client, q, *, prefix="", **more):
    return Page(client.get(f"{prefix}/gallery/search", {"q": q, **more}))


def test_words_find_works_and_are_marked(client):
    make_item(title="Paper lanterns")
    make_item(title="A hill", prompt="grass", description="Green.")
    page = search(client, "lantern")
    assert page.one("h1").text == "Works with “lantern”"
    assert page.titles == ["Paper lanterns"]
    assert page.one("mark").text == "lanterns"


def test_thai_is_found_inside_an_unspaced_title(client):
    make_item(title="เช้าวันหนึ่งที่กรุงเทพมหานคร", language="th")
    page = search(client, "กรุงเทพ", prefix="/th")
    assert page.one("mark").text == "กรุงเทพ"
    assert page.one("html").attrs["lang"] == "th"


def test_a_misspelt_word_is_corrected_and_the_page_says_so(client):
    make_item(title="Paper lanterns", prompt="paper lantern")
    page = search(client, "lantren")
    assert page.titles == ["Paper lanterns"]
    assert page.one("h1").text == "Works with “lantern”"
    assert page.one("p", "empty__tips").text == "Nothing has “lantren”. These works have “lantern”."


def test_who_finds_nothing_is_helped(client):
    rivers = make_category("Rivers")
    make_item(title="Still river", categories=(rivers,))
    page = search(client, "river dinosaurs")
    assert page.one("h1").text == "No works match “river dinosaurs”"
    suggested = page.all("a", href="/gallery/search?q=river")
    assert [link.text for link in suggested] == ["river"]
    assert "Rivers" in [link.text for link in page.all("a", "filters__link")]
    assert (page.titles, page.further_titles) == ([], ["Still river"])
    assert page.one("h2", "section__title").text == "Popular works"


def test_a_word_of_the_other_language_is_marked_as_such(client):
    make_item(title="น้ำตก", language="th")
    [link] = search(client, "น้ำตก ไดโนเสาร์").all("a", href=f"/gallery/search?q={quote('น้ำตก')}")
    assert link.attrs["lang"] == "th"


@pytest.mark.parametrize("q", ["", "   ", "…", "%", "'", '"', "\x00", "<script>", "a" * 500, "💧"])
def test_any_text_can_be_searched_for(client, q):
    make_item()
    response = client.get("/gallery/search", {"q": q})
    assert response.status_code == 200
    assert Page(response).left_open == []


def test_the_field_keeps_what_was_typed(client):
    field = search(client, '  "a"  <b> ').one("input", id="q")
    assert field.attrs["value"] == '"a" <b>'
    assert search(client, "").one("input", id="q").attrs.get("value") is None


def test_results_are_followed_but_not_indexed(client):
    make_item(title="Paper lanterns")
    page = search(client, "lantern")
    assert page.meta("robots") == "noindex,follow"
    assert page.link("canonical") == f"{settings.SITE_URL}/gallery/search?q=lantern"
    assert page.alternates == {}
    assert list(page.jsonld) == ["BreadcrumbList"]


def test_results_can_be_narrowed_to_a_kind(client):
    make_item(title="Lantern picture")
    make_item(title="Lantern film", media_type="video")
    page = search(client, "lantern", media_type="video")
    assert page.titles == ["Lantern film"]
    assert [link.attrs["href"] for link in page.all("a", "filters__link")] == [
        "/gallery/search?q=lantern",
        "/gallery/search?q=lantern&media_type=image",
        "/gallery/search?q=lantern&media_type=video",
        "/gallery/search?q=lantern&media_type=audio",
    ]
    assert client.get("/gallery/search?q=lantern&media_type=smell").status_code == 404


def test_pages_of_results_keep_the_words(client):
    now = timezone.now()
    for at in range(25):
        make_item(title=f"Lantern {at}", published_at=now - timedelta(minutes=at))
    page = search(client, "lantern")
    assert page.one("a", "leaf__link").attrs["href"] == "/gallery/search?q=lantern&page=2"
    assert search(client, "lantern", page=2).titles == ["Lantern 24"]
    assert client.get("/gallery/search?q=lantern&page=3").status_code == 404


def test_a_search_that_fills_a_page_costs_two_queries_at_most(client, django_assert_max_num_queries):
    for _number in range(6):
        make_item(title="Paper lanterns")
    with django_assert_max_num_queries(2):
        search(client, "lantern")


def test_every_page_can_be_searched_from(client):
    item = make_item()
    for path, action in [
        ("/gallery", "/gallery/search"),
        ("/th/gallery/images", "/th/gallery/search"),
        (f"/gallery/{item.slug}", "/gallery/search"),
        ("/gallery/nothing-here", "/gallery/search"),
    ]:
        assert Page(client.get(path)).one("form").attrs["action"] == action


def test_a_closed_gallery_has_no_search(client, settings):
    settings.ENABLE = settings.ENABLE | {"gallery": False}
    response = client.get("/gallery/search?q=a")
    assert response.status_code == 404
    assert Page(response).all("form") == []


@pytest.mark.parametrize(
    "text, words, html",
    [
        ("Paper & lanterns", "lantern", "Paper &amp; <mark>lanterns</mark>"),
        ("<b>river</b>", "river", "&lt;b&gt;<mark>river</mark>&lt;/b&gt;"),
        ("น้ำตกที่เชียงใหม่", "เชียงใหม่", "น้ำตกที่<mark>เชียงใหม่</mark>"),
        ("Nothing here", "river", "Nothing here"),
        ("", "river", ""),
    ],
)
def test_what_was_searched_for_is_marked(text, words, html):
    assert marked(text, tokens.query(words)) == html
