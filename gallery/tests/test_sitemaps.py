import gzip
from datetime import UTC, datetime, timedelta

import pytest
from django.test import override_settings
from django.utils import timezone
from lxml import etree

from gallery import editing, jobs, moderation, sitemap_entries, sitemap_parts
from gallery.models import Item, SearchEntry, SitemapPart
from gallery.tests.factories import make_category, make_item, make_staff
from gallery.tests.test_indexing import THAI
from storage_app.models import Rendition
from storage_app.signals import asset_rendered

pytestmark = pytest.mark.django_db
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "video": "http://www.google.com/schemas/sitemap-video/1.1",
}
SITE = "http://127.0.0.1:8000"


def read(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer["Content-Type"].startswith("application/xml")
    return etree.fromstring(answer.content)


def locations(client, path):
    return [loc.text for loc in read(client, path).iterfind(".//s:loc", NAMES)]


def works(client, language="en"):
    """Every work in every part that the index names."""
    start = f"{SITE}/sitemap-works-{'' if language == 'en' else 'th-'}"
    parts = [url for url in locations(client, "/sitemap.xml") if url.startswith(start)]
    if language == "en":
        parts = [url for url in parts if "-th-" not in url]
    return [url for part in parts for url in locations(client, part.removeprefix(SITE))]


def test_the_index_names_every_part_that_has_something_in_it(client):
    assert locations(client, "/sitemap.xml") == [f"{SITE}/sitemap-pages.xml"]
    make_item(translations={"th": THAI})
    part = sitemap_parts.part_of(SearchEntry.objects.get().pk)
    for _asked in range(2):  # before and after they are written
        assert locations(client, "/sitemap.xml") == [
            f"{SITE}/sitemap-{name}.xml" for name in ("pages", f"works-{part}", f"works-th-{part}")
        ]
        jobs.sweep(10)


def test_a_part_without_a_work_is_not_named(client):
    item = make_item()
    part = sitemap_parts.part_of(item.search_entry.pk)
    assert f"{SITE}/sitemap-works-th-{part}.xml" not in locations(client, "/sitemap.xml")
    assert client.get(f"/sitemap-works-th-{part}.xml").status_code == 404


def only_part(client):
    (path,) = [url for url in locations(client, "/sitemap.xml") if "works" in url]
    return read(client, path.removeprefix(SITE))


def test_a_work_is_told_as_the_specification_has_it(client):
    item = make_item(slug="โคม", title="Boat & <moon> at night")
    (url,) = only_part(client).iterfind("s:url", NAMES)
    told = [etree.QName(child).localname for child in url]
    assert told == ["loc", "lastmod", "changefreq", "priority", "image"]
    assert url.findtext("s:loc", None, NAMES) == f"{SITE}/gallery/%E0%B9%82%E0%B8%84%E0%B8%A1"
    assert url.findtext("s:changefreq", None, NAMES) == "weekly"
    assert url.findtext("s:priority", None, NAMES) == "0.8"
    image = url.find("image:image", NAMES)
    assert [etree.QName(child).localname for child in image] == ["loc", "caption", "title"]
    assert image.findtext("image:loc", None, NAMES).endswith(item.media.file.name)
    assert image.findtext("image:caption", None, NAMES) == item.description
    assert image.findtext("image:title", None, NAMES) == "Boat & <moon> at night"


def test_a_film_is_told_with_poster_and_length(client):
    make_item(media_type="video")
    video = only_part(client).find("s:url/video:video", NAMES)
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


@pytest.mark.parametrize("title", ["A\x0bboat \x00at night", "]]><boat>&amp; at night", "เรือ 🙂 ในยามเย็น"])
def test_no_title_breaks_the_file(client, title):
    make_item(title=title.replace("\x00", ""))
    told = only_part(client).findtext(".//image:title", None, NAMES)
    assert told == title.replace("\x0b", "").replace("\x00", "")


def test_only_works_that_are_indexed_are_told(client):
    make_item(slug="whole")
    make_item(slug="wordless", description="")
    make_item(slug="altless", alt_text="")
    make_item(slug="pending", shown=False)
    make_item(slug="hidden", is_public=False)
    make_item(slug="sensitive", rating="sensitive")
    assert works(client) == [f"{SITE}/gallery/whole"]


def test_each_language_tells_what_it_has_words_for(client):
    make_item(slug="both", translations={"th": THAI})
    make_item(slug="english", translations={"th": {"title": "เรือโคมลอย"}})
    make_item(slug="thai", language="th", **THAI)
    assert works(client) == [f"{SITE}/gallery/both", f"{SITE}/gallery/english"]
    assert works(client, "th") == [f"{SITE}/th/gallery/both", f"{SITE}/th/gallery/thai"]


def test_lastmod_is_when_the_work_last_changed(client):
    item = make_item()
    when = timezone.now() - timedelta(days=3)
    Item.objects.filter(pk=item.pk).update(updated_at=when)
    told = only_part(client).findtext("s:url/s:lastmod", None, NAMES)
    assert told == when.isoformat(timespec="seconds")


def dated_pages(client):
    """{path: lastmod} of the pages that are not about one work."""
    urls = read(client, "/sitemap-pages.xml").iterfind("s:url", NAMES)
    told = [(url.findtext("s:loc", None, NAMES), url.findtext("s:lastmod", None, NAMES)) for url in urls]
    assert len(told) == len(dict(told))
    return {loc.removeprefix(SITE): when for loc, when in told}


def test_pages_with_something_to_show_are_told(client):
    boats = make_category("Boats")
    thai = make_category("Lanterns", translations={"th": {"name": "โคม"}})
    closed = make_category("Closed", is_active=False)
    below = make_category("Below", parent=closed)
    when = datetime(2026, 3, 9, tzinfo=UTC)
    make_item(categories=(boats, thai, below), published_at=when, model_id="nano-banana-pro")
    make_category("Empty")
    shown = [
        "/gallery",
        "/gallery/images",
        "/gallery/category/boats",
        "/gallery/category/lanterns",
        "/gallery/model/nano-banana-pro",
        "/gallery/archive",
        "/gallery/archive/2026/03",
        "/about/terms",
        "/about/privacy",
        "/about/licence",
        "/takedown",
        "/verify",
    ]
    in_thai = [f"/th{path}" for path in shown if not path.endswith("boats")]  # these have no Thai words
    assert list(dated_pages(client)) == shown + in_thai


def test_an_empty_gallery_tells_of_its_front_page_and_of_the_pages_about_it(client):
    told = dated_pages(client)
    assert [path for path, when in told.items() if when is None] == ["/gallery", "/th/gallery"]
    assert not [path for path in told if "archive" in path or "model" in path or "images" in path]


def test_every_page_has_the_date_of_its_newest_work(client):
    shelf, other = make_category("Boats"), make_category("Huts")
    facts = {"media_type": "image", "model_id": "nano-banana-pro"}
    make_item(published_at=datetime(2026, 2, 1, tzinfo=UTC), categories=(shelf,), **facts)
    make_item(published_at=datetime(2026, 2, 9, tzinfo=UTC), categories=(shelf,), **facts)
    film = {"media_type": "video", "model_id": "wan/2-6-text-to-video"}
    make_item(published_at=datetime(2026, 3, 9, tzinfo=UTC), categories=(other,), **film)
    make_item(published_at=datetime(2026, 4, 9, tzinfo=UTC), categories=(shelf,), rating="sensitive", **facts)
    told = dated_pages(client)
    february, march = "2026-02-09T00:00:00+00:00", "2026-03-09T00:00:00+00:00"
    expected = {
        "/gallery": march,
        "/gallery/images": february,
        "/gallery/videos": march,
        "/gallery/category/boats": february,
        "/gallery/category/huts": march,
        "/gallery/model/nano-banana-pro": february,
        "/gallery/model/wan-2-6-text-to-video": march,
        "/gallery/archive": march,
        "/gallery/archive/2026/02": february,
        "/gallery/archive/2026/03": march,
        "/about/terms": "2026-11-24T00:00:00+00:00",
    }
    assert {path: told[path] for path in expected} == expected
    index = read(client, "/sitemap.xml")
    assert index.findtext("s:sitemap/s:lastmod", None, NAMES) == march


def test_the_other_pages_take_the_same_few_queries_at_any_number(client, django_assert_num_queries):
    for number in range(4):
        make_item(categories=(make_category(f"Shelf {number}"),), rendered=False)
    with django_assert_num_queries(5):
        client.get("/sitemap-pages.xml")


def test_long_sitemaps_are_divided_by_ranges_of_keys(client, monkeypatch):
    monkeypatch.setattr(sitemap_parts, "SIZE", 2)
    for number in range(5):
        make_item(slug=str(number))
    parts = [url for url in locations(client, "/sitemap.xml") if "works" in url]
    assert len(parts) in (3, 4)
    assert works(client) == [f"{SITE}/gallery/{number}" for number in range(5)]


@pytest.mark.parametrize("path", ["works-99", "works-0", "works", "works-de-1", "books", "works-1.xml?p=2"])
def test_an_unknown_part_is_not_found(client, path):
    make_item()
    path = path if "?" in path else f"{path}.xml"
    assert client.get(f"/sitemap-{path}").status_code == 404


def test_a_part_is_written_once_and_then_only_read(client, django_assert_num_queries):
    item = make_item()
    path = f"/sitemap-works-{sitemap_parts.part_of(item.search_entry.pk)}.xml"
    before = client.get(path).content
    with django_assert_num_queries(1):
        assert client.get(path).content == before


def changes():
    staff = make_staff

    def rendered(item):
        Rendition.objects.filter(asset=item.media).delete()
        asset_rendered.send(sender=None, asset=item.media)

    return {
        "edit": lambda item: editing.edit(item, by=staff(), fields={"title": "Another title"}),
        "hide": lambda item: moderation.hide(item, by=staff()),
        "rate": lambda item: moderation.rate(item, by=staff(), rating="sensitive"),
        "remove": lambda item: moderation.remove(item, by=staff(), reason="no"),
        "rename": lambda item: editing.edit(item, by=staff(), fields={"slug": "another"}),
        "render": rendered,
    }


@pytest.mark.parametrize("change", changes())
def test_a_changed_work_changes_its_part_at_once(client, change):
    item = make_item(media_type="video", files=change == "remove")
    part = sitemap_parts.part_of(item.search_entry.pk)
    make_item(slug="neighbour")
    path = f"/sitemap-works-{part}.xml"
    before = client.get(path).content
    changes()[change](item)
    after = client.get(path).content
    assert after != before
    assert b"neighbour" in after


def test_parts_of_other_ranges_stay_as_they_are(monkeypatch):
    monkeypatch.setattr(sitemap_parts, "SIZE", 1)
    one, other = make_item(), make_item()
    SitemapPart.objects.update(due_at=timezone.now())
    jobs.sweep(10)
    editing.edit(one, by=make_staff(), fields={"title": "Another title"})
    stale = [part.number for part in SitemapPart.objects.all() if part.built != part.version]
    assert set(stale) == {sitemap_parts.part_of(one.search_entry.pk)}
    assert sitemap_parts.part_of(other.search_entry.pk) not in stale


def test_when_the_oldest_of_a_cluster_leaves_the_part_of_the_next_is_written_anew(client, monkeypatch):
    monkeypatch.setattr(sitemap_parts, "SIZE", 1)
    old = make_item(slug="old", prompt="A boat", published_at=timezone.now() - timedelta(days=1))
    make_item(slug="young", prompt="A boat")
    assert works(client) == [f"{SITE}/gallery/old"]
    moderation.hide(old, by=make_staff())
    assert works(client) == [f"{SITE}/gallery/young"]


def test_a_worker_writes_changed_parts(client):
    make_item()
    assert jobs.sweep(10) == 0  # they rest first: the next change may be near
    SitemapPart.objects.update(due_at=timezone.now())
    assert jobs.sweep(10) == 1  # both languages at once
    assert {part.built == part.version for part in SitemapPart.objects.all()} == {True}
    assert jobs.sweep(10) == 0


def test_what_changed_while_it_was_written_is_not_kept():
    item = make_item()
    part = SitemapPart.objects.get(language="en")
    sitemap_parts.mark([item.search_entry.pk])
    assert not sitemap_parts.write(part)
    part.refresh_from_db()
    assert part.built != part.version


def test_a_part_comes_as_it_is_kept_or_unpacked(client):
    item = make_item()
    path = f"/sitemap-works-{sitemap_parts.part_of(item.search_entry.pk)}.xml"
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    plain = client.get(path)
    assert "Content-Encoding" not in plain
    assert gzip.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in plain["Vary"]
    assert "Cookie" not in plain["Vary"]


def test_addresses_do_not_follow_the_asked_host(client):
    make_item(slug="one")
    answer = client.get("/sitemap.xml", headers={"Host": "localhost"})
    assert f"<loc>{SITE}/sitemap-pages.xml</loc>" in answer.content.decode()
    assert "localhost" not in answer.content.decode()


WHEN = "2026-11-24 01:02:03.5+00"
ROW = sitemap_entries.Row("boat", "A", "B", WHEN, WHEN, "image", "a/b.png", "")


@override_settings(R2={"public_url": "https://media.example"}, USES_R2=True)
def test_files_in_a_bucket_keep_their_address():
    assert "<image:loc>https://media.example/a/b.png</image:loc>" in sitemap_entries.writer("en").entry(ROW)


@pytest.mark.parametrize("kind, card", [("image", ""), ("video", "{}"), ("audio", "")])
def test_a_work_whose_files_are_gone_is_told_without_them(kind, card):
    row = ROW._replace(media_type=kind, original=None, card=card)
    assert sitemap_entries.writer("en").media(row) == ""


@pytest.mark.parametrize(
    "name, value",
    [
        ("SITE_URL", "https://elsewhere.example"),
        ("INDEXABLE_TEXTS", {"title": 10, "description": 5000, "alt_text": 1}),
    ],
)
def test_other_settings_make_other_files(client, settings, name, value):
    item = make_item()
    path = f"/sitemap-works-{sitemap_parts.part_of(item.search_entry.pk)}.xml"
    before = client.get(path)
    setattr(settings, name, value)
    after = client.get(path)
    assert (after.status_code, after.content) != (200, before.content)


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
    assert client.get("/sitemap-works-1.xml").status_code == 404
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()
