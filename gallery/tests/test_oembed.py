from urllib.parse import quote

import pytest

from gallery.tests.factories import make_item

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


def ask(client, url=f"{SITE}/gallery/boat", **more):
    query = "&".join(f"{name}={quote(str(value))}" for name, value in {"url": url, **more}.items())
    return client.get(f"/oembed?{query}")


def test_a_picture_is_a_photo_with_its_size(client):
    item = make_item(slug="boat", title="Boat at night")
    document = ask(client).json()
    assert document == {
        "version": "1.0",
        "type": "photo",
        "title": "Boat at night",
        "author_name": "SmartSpec",
        "author_url": f"{SITE}/gallery",
        "provider_name": "SmartSpec Gallery",
        "provider_url": SITE,
        "cache_age": 86_400,
        "url": f"{SITE}/media/{item.media.file.name}",
        "width": 1536,
        "height": 1152,
        "thumbnail_url": f"{SITE}/media/images/thumbnails/640/{item.media_id}.webp",
        "thumbnail_width": 640,
        "thumbnail_height": 480,
    }


@pytest.mark.parametrize(
    "limits, size",
    [
        ({"maxwidth": 1000}, (960, 720)),
        ({"maxheight": 500}, (640, 480)),
        ({"maxwidth": 700, "maxheight": 300}, (320, 240)),
        ({"maxwidth": 99_999}, (1536, 1152)),
        ({"maxwidth": "wide"}, (1536, 1152)),
        ({"maxwidth": 0}, (1536, 1152)),
        ({"maxwidth": "9" * 5000}, (1536, 1152)),
    ],
)
def test_no_picture_is_larger_than_asked(client, limits, size):
    make_item(slug="boat")
    document = ask(client, **limits).json()
    assert (document["width"], document["height"]) == size
    assert document.get("thumbnail_width", 0) <= size[0]


def test_a_picture_smaller_than_every_rendition_is_shrunk_by_its_reader(client):
    make_item(slug="boat")
    document = ask(client, maxwidth=100).json()
    assert (document["width"], document["height"]) == (100, 75)
    assert "thumbnail_url" not in document


def test_a_film_is_a_player_in_a_frame(client):
    make_item(slug="boat", media_type="video", title='A "boat" <b>at</b> night')
    document = ask(client, maxwidth=640).json()
    assert (document["type"], document["width"], document["height"]) == ("video", 640, 360)
    assert document["html"].startswith(f'<iframe src="{SITE}/gallery/boat/embed" width="640" height="360" ')
    assert "A &quot;boat&quot; &lt;b&gt;at&lt;/b&gt; night" in document["html"]


def test_a_sound_is_a_player_too(client):
    make_item(slug="boat", media_type="audio")
    document = ask(client).json()
    assert (document["type"], document["width"], document["height"]) == ("rich", 640, 240)


def test_the_thai_address_speaks_thai(client):
    make_item(slug="boat", media_type="video", translations={"th": {"title": "เรือ"}})
    document = ask(client, url=f"{SITE}/th/gallery/boat").json()
    assert document["title"] == "เรือ"
    assert f"{SITE}/th/gallery/boat/embed" in document["html"]


@pytest.mark.parametrize(
    "url", ["", "boat", f"{SITE}/gallery/ship", f"{SITE}/gallery", "https://elsewhere.example/gallery/boat"]
)
def test_what_is_not_here_is_not_found(client, url):
    make_item(slug="boat")
    assert ask(client, url=url).status_code == 404


@pytest.mark.parametrize("fields", [{"shown": False}, {"is_public": False}, {"rating": "sensitive"}])
def test_what_is_not_for_everybody_is_not_found(client, fields):
    make_item(slug="boat", **fields)
    assert ask(client).status_code == 404


def test_other_formats_are_not_spoken(client):
    make_item(slug="boat")
    assert ask(client, format="xml").status_code == 501
    assert ask(client, format="json").status_code == 200


def test_any_site_may_ask(client):
    make_item(slug="boat")
    answer = ask(client)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Content-Type"] == "application/json"
    assert not answer.cookies
