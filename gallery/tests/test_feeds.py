from email.utils import parsedate_to_datetime

import pytest
from django.urls import reverse
from lxml import etree

from gallery.models import OldShelfSlug
from gallery.tests.factories import make_category, make_item
from gallery.tests.test_indexing import THAI

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
NAMES = {"media": "http://search.yahoo.com/mrss/", "atom": "http://www.w3.org/2005/Atom"}


def channel(client, path="/gallery/feed"):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=0, s-maxage=1, stale-while-revalidate=10"
    assert "Cookie" not in answer.get("Vary", "")
    return etree.fromstring(answer.content).find("channel")


def links(client, path="/gallery/feed"):
    return [item.findtext("link") for item in channel(client, path).iterfind("item")]


def test_the_feed_tells_of_the_newest_works(client):
    make_item(slug="old")
    make_item(slug="โคม")
    assert links(client) == [f"{SITE}/gallery/%E0%B9%82%E0%B8%84%E0%B8%A1", f"{SITE}/gallery/old"]


def test_an_entry_brings_the_file_and_a_picture_of_it(client):
    item = make_item(title="Boat & <moon> at night", slug="boat", keywords=["boat", "moon"])
    entry = channel(client).find("item")
    assert entry.findtext("title") == "Boat & <moon> at night"
    assert entry.findtext("description") == item.description
    assert entry.find("guid").attrib == {"isPermaLink": "true"}
    assert entry.findtext("guid") == f"{SITE}/gallery/boat"
    assert parsedate_to_datetime(entry.findtext("pubDate")) == item.published_at.replace(microsecond=0)
    assert [each.text for each in entry.iterfind("category")] == ["boat", "moon"]
    url = f"{SITE}/media/{item.media.file.name}"
    assert entry.find("enclosure").attrib == {"url": url, "length": "120000", "type": "image/png"}
    content = entry.find("media:content", NAMES)
    assert dict(content.attrib) == {
        "url": url,
        "type": "image/png",
        "medium": "image",
        "fileSize": "120000",
        "width": "1536",
        "height": "1152",
    }
    assert content.findtext("media:description", None, NAMES) == item.alt_text
    thumbnail = content.find("media:thumbnail", NAMES).attrib["url"]
    assert thumbnail == f"{SITE}/media/images/thumbnails/640/{item.media_id}.webp"


@pytest.mark.parametrize("media_type, seconds", [("video", "5"), ("audio", "24")])
def test_films_and_sounds_say_how_long_they_are(client, media_type, seconds):
    make_item(media_type=media_type)
    content = channel(client).find("item/media:content", NAMES)
    assert content.attrib["medium"] == media_type
    assert content.attrib["duration"] == seconds
    assert content.find("media:thumbnail", NAMES) is not None


def test_each_language_has_its_own_feed(client):
    make_item(slug="both", translations={"th": THAI})
    make_item(slug="english")
    assert links(client) == [f"{SITE}/gallery/english", f"{SITE}/gallery/both"]
    assert links(client, "/th/gallery/feed") == [f"{SITE}/th/gallery/both"]
    thai = channel(client, "/th/gallery/feed")
    assert thai.findtext("language") == "th"
    assert thai.findtext("item/title") == THAI["title"]
    assert thai.find("atom:link", NAMES).attrib["href"] == f"{SITE}/th/gallery/feed"


def test_a_shelf_has_a_feed_too(client):
    shelf = make_category("Boats", translations={"th": {"name": "เรือ"}})
    make_item(slug="boat", categories=(shelf,), translations={"th": THAI})
    make_item(slug="moon")
    assert links(client, "/gallery/category/boats/feed") == [f"{SITE}/gallery/boat"]
    assert channel(client, "/gallery/category/boats/feed").findtext("title") == "Boats | SmartSpec Gallery"
    assert channel(client, "/th/gallery/category/boats/feed").findtext("title") == "เรือ | SmartSpec Gallery"
    assert client.get("/gallery/category/ships/feed").status_code == 404


@pytest.mark.parametrize("prefix", ["", "/th"])
def test_the_feed_of_a_renamed_shelf_leads_to_its_new_address(client, prefix):
    shelf = make_category(slug="lakes")
    OldShelfSlug.objects.create(slug="ponds", category=shelf)
    answer = client.get(f"{prefix}/gallery/category/ponds/feed")
    assert (answer.status_code, answer["Location"]) == (301, f"{prefix}/gallery/category/lakes/feed")
    assert client.get(f"{prefix}/gallery/category/puddles/feed").status_code == 404


def test_only_works_that_are_indexed_are_told(client):
    make_item(description="Short.")
    make_item(shown=False)
    make_item(rating="sensitive")
    assert links(client) == []


def test_a_reader_that_knows_the_feed_is_told_so(client):
    make_item()
    tag = client.get("/gallery/feed")["ETag"]
    assert client.get("/gallery/feed", headers={"If-None-Match": tag}).status_code == 304
    make_item()
    assert client.get("/gallery/feed", headers={"If-None-Match": tag}).status_code == 200


def test_no_title_breaks_the_feed(client):
    make_item(title="A\x0bboat ]]> at night")
    assert channel(client).findtext("item/title") == "Aboat ]]> at night"


def test_a_feed_takes_one_query(client, django_assert_num_queries):
    for _number in range(3):
        make_item()
    with django_assert_num_queries(1):
        client.get("/gallery/feed")


def test_feeds_are_found_by_name():
    assert reverse("feed", kwargs={"language": "th"}) == "/th/gallery/feed"
    assert reverse("category-feed", kwargs={"language": "en", "slug": "a"}) == "/gallery/category/a/feed"


def test_a_closed_gallery_has_no_feed(client, settings):
    settings.ENABLE = settings.ENABLE | {"gallery": False}
    assert client.get("/gallery/feed").status_code == 404
