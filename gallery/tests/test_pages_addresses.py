from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import translation

from gallery import addresses, moderation, slugs
from gallery.tests.factories import make_category, make_item, make_staff
from gallery.tests.reading import Page

pytestmark = pytest.mark.django_db
THAI = "น้ำตกที่เชียงใหม่"


@pytest.mark.parametrize("language", ["en", "th"])
def test_addresses_are_those_of_the_url_table(language):
    with translation.override(language):
        assert addresses.front(language) == reverse("gallery:front")
        assert addresses.kind("image", language) == reverse("gallery:images")
        assert addresses.kind("video", language) == reverse("gallery:videos")
        assert addresses.kind("audio", language) == reverse("gallery:audio")
        assert addresses.category(THAI, language) == reverse("gallery:category", args=[THAI])
        assert addresses.item(THAI, language) == reverse("gallery:item", args=[THAI])


@pytest.mark.parametrize(
    "path, thai",
    [
        ("/gallery", "/th/gallery"),
        ("/gallery/a?page=2", "/th/gallery/a?page=2"),
        ("/gallery/th", "/th/gallery/th"),
    ],
)
def test_a_page_is_found_in_the_other_language(path, thai):
    assert addresses.in_language(path, "th") == thai
    assert addresses.in_language(thai, "en") == path
    assert addresses.in_language(thai, "th") == thai


def test_what_lies_in_a_bucket_keeps_its_own_origin(settings):
    settings.SITE_URL = "https://gallery.example"
    assert addresses.absolute("/media/a.png") == "https://gallery.example/media/a.png"
    assert addresses.absolute("https://media.example/a.png") == "https://media.example/a.png"


@pytest.mark.parametrize(
    "path, target",
    [
        ("/", "/gallery"),
        ("/th/", "/th/gallery"),
        ("/gallery/", "/gallery"),
        ("/th/gallery/", "/th/gallery"),
        ("/gallery/images/", "/gallery/images"),
        ("/gallery/images/?page=2", "/gallery/images?page=2"),
        ("/gallery?page=1", "/gallery"),
        ("/gallery/images?page=1&utm_source=x", "/gallery/images?utm_source=x"),
    ],
)
def test_every_page_has_one_address(client, path, target):
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (301, target)


def test_a_thai_address_answers_in_both_languages(client):
    make_item(title=THAI, language="th")
    assert client.get(f"/gallery/{THAI}").status_code == 200
    assert client.get(f"/th/gallery/{THAI}").status_code == 200


def test_an_old_slug_leads_to_the_new_one_without_its_query(client):
    item = make_item(title="Lantern river")
    slugs.rename(item, THAI, by=make_staff())
    response = client.get("/gallery/lantern-river?utm_source=line")
    assert (response.status_code, response["Location"]) == (301, f"/gallery/{quote(THAI)}")
    assert client.get("/th/gallery/lantern-river")["Location"] == f"/th/gallery/{quote(THAI)}"


def test_the_same_words_in_capitals_lead_to_the_address(client):
    make_item(title="Lantern river")
    response = client.get("/gallery/Lantern-River")
    assert (response.status_code, response["Location"]) == (301, "/gallery/lantern-river")


def test_a_removed_work_is_gone_for_ever(client):
    item = make_item(title="Lantern river")
    moderation.remove(item, by=make_staff(), reason="rights")
    response = client.get("/gallery/lantern-river")
    assert response.status_code == 410
    assert "stale" not in response["Cache-Control"]


def test_what_was_never_approved_is_not_there(client):
    make_item(title="Lantern river", shown=False)
    assert client.get("/gallery/lantern-river").status_code == 404


def test_a_hidden_work_is_not_there(client):
    item = make_item(title="Lantern river")
    moderation.hide(item, by=make_staff())
    assert client.get("/gallery/lantern-river").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/gallery/nothing", "/gallery/category/nothing", "/en/gallery", "/gallery?page=0",
     "/gallery?page=2", "/gallery?page=51", "/gallery?page=two", "/gallery?page=-1",
     "/gallery/images/nothing"],
)  # fmt: skip
def test_nothing_is_there(client, path):
    make_item()
    assert client.get(path).status_code == 404


def test_a_switched_off_category_is_not_there(client):
    make_category("Rivers", is_active=False)
    assert client.get("/gallery/category/rivers").status_code == 404


def test_unknown_parameters_are_ignored(client):
    make_item()
    assert client.get("/gallery?utm_source=line&fbclid=1&colour=blue").status_code == 200


@pytest.mark.parametrize("path", ["/gallery", "/gallery/images", "/th/gallery", "/gallery/lantern-river"])
def test_pages_are_only_read(client, path):
    make_item(title="Lantern river")
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200


class TestGallerySwitchedOff:
    @pytest.fixture(autouse=True)
    def switched_off(self, settings):
        settings.ENABLE = settings.ENABLE | {"gallery": False}

    @pytest.mark.parametrize("path", ["/gallery", "/th/gallery", "/gallery/images", "/gallery/lantern-river"])
    def test_no_page_is_there(self, client, path):
        make_item(title="Lantern river")
        page = Page(client.get(path))
        assert page.one("p", "over").text == "404"
        assert page.cards == []
        assert page.one("a", "button--first").attrs["href"] == "/api/docs"

    def test_the_root_leads_to_the_api(self, client):
        response = client.get("/")
        assert (response.status_code, response["Location"]) == (302, "/api/docs")
