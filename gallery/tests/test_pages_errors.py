import pytest
from django.test import RequestFactory
from django.utils import translation

from gallery import moderation
from gallery.pages import errors
from gallery.tests.factories import make_item, make_staff
from gallery.tests.reading import Page


def asked(path="/gallery/nothing"):
    request = RequestFactory().get(path)
    request.id = "0123456789abcdef"
    return request


@pytest.mark.django_db
def test_a_missing_page_helps_on(client):
    make_item(title="Lantern river")
    response = client.get("/gallery/nothing")
    page = Page(response)
    assert response.status_code == 404
    assert page.one("h1").text == "The work that hung here is gone"
    assert page.one("a", "button--first").attrs["href"] == "/gallery"
    assert [title.text for title in page.all("span", "card__title")] == ["Lantern river"]
    assert page.meta("robots") == "noindex,follow"
    assert page.link("canonical") is None
    assert page.one("code").text == response["X-Request-Id"]


@pytest.mark.django_db
def test_a_missing_page_speaks_thai_under_th(client):
    page = Page(client.get("/th/gallery/nothing"))
    assert page.one("html").attrs["lang"] == "th"
    assert page.one("h1").text == "ผลงานที่เคยแขวนอยู่ตรงนี้ไม่อยู่แล้ว"
    assert page.one("a", "button--first").attrs["href"] == "/th/gallery"


@pytest.mark.django_db
def test_a_removed_work_leaves_a_page_that_says_so(client):
    item = make_item(title="Lantern river")
    moderation.remove(item, by=make_staff(), reason="rights")
    page = Page(client.get("/gallery/lantern-river"))
    assert page.one("p", "over").text == "410"
    assert page.one("h1").text == "This work was taken down for good"


def test_elsewhere_a_missing_page_asks_no_database():
    response = errors.not_found(asked("/nothing"))
    assert response.status_code == 404
    assert Page(response).cards == []


@pytest.mark.parametrize("language", ["en", "th"])
def test_a_broken_page_stands_without_a_database(language):
    with translation.override(language):
        response = errors.server_error(asked())
    page = Page(response)
    assert response.status_code == 500
    assert response["Cache-Control"] == "no-store"
    assert page.one("code").text == "0123456789abcdef"
    assert page.one("html").attrs["lang"] == language


@pytest.mark.django_db
def test_what_is_missing_is_never_served_stale(client):
    assert client.get("/gallery/nothing")["Cache-Control"] == "public, max-age=0, s-maxage=1"
