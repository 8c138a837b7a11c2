from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import etree

from gallery.sitemaps import SECTIONS, WorkSitemap
from gallery.tests.factories import make_category, make_item

pytestmark = pytest.mark.django_db
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "video": "http://www.google.com/schemas/sitemap-video/1.1",
}
SITE = "http://127.0.0.1:8000"
THAI = {"th": {"title": "เรือ", "description": "เรือลำหนึ่งในยามเย็น", "alt_text": "เรือกับโคม"}}


def read(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/xml")
    return etree.fromstring(answer.content)


def locations(client, path):
    return [loc.text for loc in read(client, path).iterfind(".//s:loc", NAMES)]


def test_the_index_names_every_part(client):
    make_item()
    assert locations(client, "/sitemap.xml") == [
        f"{SITE}/sitemap-{section}.xml" for section in ("pages", "works", "works-th")
    ]


def test_a_work_is_told_as_the_specification_has_it(client):
    item = make_item(slug="โคม", title="Boat & <moon>", description="A boat.")
    (url,) = read(client, "/sitemap-works.xml").iterfind("s:url", NAMES)
    assert [etree.QName(child).localname for child in url] == [
        "loc",
        "lastmod",
        "changefreq",
        "priority",
        "image",
    ]
    assert url.findtext("s:loc", None, NAMES) == f"{SITE}/gallery/%E0%B9%82%E0%B8%84%E0%B8%A1"
    assert url.findtext("s:changefreq", None, NAMES) == "weekly"
    assert url.findtext("s:priority", None, NAMES) == "0.8"
    image = url.find("image:image", NAMES)
    assert [etree.QName(child).localname for child in image] == ["loc", "caption", "title"]
    assert image.findtext("image:loc", None, NAMES).endswith(item.media.file.name)
    assert image.findtext("image:title", None, NAMES) == "Boat & <moon>"


def test_a_film_is_told_with_poster_and_length(client):
    make_item(media_type="video")
    video = read(client, "/sitemap-works.xml").find("s:url/video:video", NAMES)
    assert [etree.QName(child).localname for child in video] == [
        "thumbnail_loc",
        "title",
        "description",
        "content_loc",
        "duration",
        "publication_date",
        "family_friendly",
    ]
    assert video.findtext("video:duration", None, NAMES) == "5"


def test_only_complete_public_works_are_told(client):
    make_item(slug="whole")
    make_item(slug="wordless", description="")
    make_item(slug="altless", alt_text="")
    make_item(slug="pending", shown=False)
    make_item(slug="hidden", is_public=False)
    make_item(slug="sensitive", rating="sensitive")
    assert locations(client, "/sitemap-works.xml") == [f"{SITE}/gallery/whole"]


def test_each_language_tells_what_it_has_words_for(client):
    make_item(slug="both", translations=THAI)
    make_item(slug="english", translations={"th": {"title": "เรือ"}})
    make_item(slug="thai", title="เรือ", language="th")
    assert set(locations(client, "/sitemap-works.xml")) == {
        f"{SITE}/gallery/both",
        f"{SITE}/gallery/english",
    }
    assert set(locations(client, "/sitemap-works-th.xml")) == {
        f"{SITE}/th/gallery/both",
        f"{SITE}/th/gallery/thai",
    }


def test_translated_words_stand_in_the_translated_part(client):
    make_item(translations=THAI)
    url = read(client, "/sitemap-works-th.xml").find("s:url", NAMES)
    assert url.findtext("image:image/image:title", None, NAMES) == "เรือ"


def test_lastmod_is_when_the_work_last_changed(client):
    item = make_item()
    when = timezone.now() - timedelta(days=3)
    type(item).objects.update(updated_at=when)
    told = read(client, "/sitemap-works.xml").findtext("s:url/s:lastmod", None, NAMES)
    assert told[:19] == timezone.localtime(when).isoformat()[:19]


def test_pages_with_something_to_show_are_told_in_both_languages(client):
    make_item(categories=(make_category("Boats"),))
    make_category("Empty")
    assert locations(client, "/sitemap-pages.xml") == [
        f"{SITE}{prefix}/gallery{page}"
        for prefix in ("", "/th")
        for page in ("", "/images", "/category/boats")
    ]


def test_long_parts_are_divided(client, monkeypatch):
    monkeypatch.setattr(WorkSitemap, "limit", 2)
    for number in range(3):
        make_item(slug=str(number))
    assert f"{SITE}/sitemap-works.xml?p=2" in locations(client, "/sitemap.xml")
    assert locations(client, "/sitemap-works.xml?p=2") == [f"{SITE}/gallery/0"]
    assert client.get("/sitemap-works.xml?p=9").status_code == 404


def test_addresses_do_not_follow_the_asked_host(client):
    make_item(slug="one")
    answer = client.get("/sitemap-works.xml", headers={"Host": "localhost"})
    assert f"<loc>{SITE}/gallery/one</loc>" in answer.content.decode()


def test_a_part_takes_few_queries(client, django_assert_max_num_queries):
    for _number in range(30):
        make_item(rendered=False)
    with django_assert_max_num_queries(2):
        client.get("/sitemap-works.xml")


def test_an_unknown_part_is_not_found(client):
    assert client.get("/sitemap-books.xml").status_code == 404
    assert set(SECTIONS) == {"pages", "works", "works-th"}


def test_robots_are_shown_the_sitemap_and_kept_from_desks(client):
    answer = client.get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    text = answer.content.decode()
    assert f"Sitemap: {SITE}/sitemap.xml" in text
    assert "Disallow: /admin" in text
    assert "/media" not in text


def test_a_closed_gallery_has_no_sitemap_and_wants_no_robots(client, settings):
    settings.ENABLE = settings.ENABLE | {"gallery": False}
    assert client.get("/sitemap.xml").status_code == 404
    assert client.get("/sitemap-works.xml").status_code == 404
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()
