import pytest
from django.conf import settings

from gallery.tests.factories import make_item
from gallery.tests.reading import Page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("media_type, tag", [("image", "img"), ("video", "video"), ("audio", "audio")])
def test_a_work_can_stand_on_other_peoples_pages(client, media_type, tag):
    item = make_item(title="Lantern river", media_type=media_type)
    response = client.get("/gallery/lantern-river/embed")
    page = Page(response)
    assert page.one(tag)
    assert page.left_open == []
    assert page.one("a").attrs == {
        "href": f"{settings.SITE_URL}/gallery/lantern-river",
        "target": "_blank",
        "rel": "noopener",
    }
    assert page.meta("robots") == "noindex,indexifembedded"
    assert page.link("canonical") == f"{settings.SITE_URL}/gallery/lantern-river"
    assert "AI generated" in page.one("h1").text
    assert item.prompt not in page.html


def test_only_this_page_may_be_framed_by_others(client):
    item = make_item()
    framed, page = (client.get(f"/gallery/{item.slug}{end}") for end in ("/embed", ""))
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


def test_players_are_told_where_it_is(client):
    item = make_item(media_type="video")
    here = f"{settings.SITE_URL}/gallery/{item.slug}/embed"
    for path in (f"/gallery/{item.slug}", f"/gallery/{item.slug}/embed"):
        assert Page(client.get(path)).jsonld["VideoObject"]["embedUrl"] == here


@pytest.mark.parametrize("fields", [{"rating": "sensitive"}, {"shown": False}])
def test_what_is_not_for_everybody_cannot_be_embedded(client, fields):
    assert client.get(f"/gallery/{make_item(**fields).slug}/embed").status_code == 404


def test_a_frame_costs_one_query(client, django_assert_num_queries):
    item = make_item()
    with django_assert_num_queries(1):
        client.get(f"/gallery/{item.slug}/embed")
