import json
from datetime import UTC, datetime

import pytest

from gallery.pages import jsonld
from gallery.tests.factories import make_category, make_item
from gallery.tests.reading import Page

pytestmark = pytest.mark.django_db
HOSTILE = [
    '"></script><script>alert(1)</script>',
    "<!-- <script> -->",
    "line\nbreak\ttab",
    'it\'s "quoted" & <b>bold</b>',
    "น้ำ 🌊 ผู้หญิง\u2028ใหม่",
    "</title><h1>x</h1>",
    "{{ 7 * 7 }} {% now %}",
    "\\u003C \\",
]

TAGS = (
    "description",
    "keywords",
    "og:title",
    "og:description",
    "og:image",
    "og:type",
    "og:url",
    "twitter:card",
    "twitter:title",
    "twitter:description",
    "twitter:image",
)


@pytest.fixture(autouse=True)
def our_origin(settings):
    settings.SITE_URL = "https://gallery.example"


def head_of(client, item, *, language="en"):
    prefix = "/th" if language == "th" else ""
    return Page(client.get(f"{prefix}/gallery/{item.slug}"))


def test_the_tags_that_the_specification_names(client):
    item = make_item(
        title="Lantern river",
        description="Paper lanterns drift on a dark river.",
        alt_text="Orange dots on black water",
        keywords=["lantern", "river"],
    )
    page = head_of(client, item)
    picture = f"https://gallery.example/media/images/social/{item.media_id}.jpg"
    assert page.one("title").text == "Lantern river | SmartSpec Gallery"
    assert {name: page.meta(name) for name in TAGS} == {
        "description": "Paper lanterns drift on a dark river.",
        "keywords": "lantern, river",
        "og:title": "Lantern river",
        "og:description": "Paper lanterns drift on a dark river.",
        "og:image": picture,
        "og:type": "article",
        "og:url": "https://gallery.example/gallery/lantern-river",
        "twitter:card": "summary_large_image",
        "twitter:title": "Lantern river",
        "twitter:description": "Paper lanterns drift on a dark river.",
        "twitter:image": picture,
    }


def test_what_link_previews_need_beside(client):
    item = make_item(alt_text="Orange dots on black water")
    page = head_of(client, item)
    names = (
        "og:image:type og:image:width og:image:height og:image:alt og:site_name og:locale twitter:image:alt"
    )
    assert [page.meta(name) for name in names.split()] == [
        "image/jpeg",
        "1200",
        "630",
        "Orange dots on black water",
        "SmartSpec Gallery",
        "en_US",
        "Orange dots on black water",
    ]
    assert page.meta("og:image:secure_url") == page.meta("og:image")


def test_keywords_are_left_out_when_there_are_none(client):
    assert head_of(client, make_item()).meta("keywords") is None


def test_texts_written_for_search_engines_win(client):
    item = make_item(meta_title="Night lanterns", meta_description="Written for results.")
    page = head_of(client, item)
    assert page.one("title").text == "Night lanterns | SmartSpec Gallery"
    assert page.meta("description") == "Written for results."


def test_they_win_in_their_own_language_only(client):
    words = {"title": "โคมลอย", "description": "โคมเหนือแม่น้ำ"}
    item = make_item(meta_title="Night lanterns", translations={"th": words})
    assert head_of(client, item, language="th").one("title").text == "โคมลอย | SmartSpec Gallery"


def test_a_long_description_is_cut_at_a_cluster(client):
    item = make_item(description="น้ำที่นี่" * 100, language="th")
    description = head_of(client, item, language="th").meta("description")
    assert len(description) <= 300
    assert description.endswith("…")


def test_a_video_offers_itself_to_players(client):
    item = make_item(media_type="video", published_at=datetime(2026, 11, 22, tzinfo=UTC))
    page = head_of(client, item)
    expected = {
        "og:type": "video.other",
        "og:video": f"https://gallery.example/media/{item.media.file.name}",
        "og:video:type": "video/mp4",
        "og:video:width": "1280",
        "og:video:height": "720",
        "video:duration": "5",
    }
    assert {name: page.meta(name) for name in expected} == expected
    assert page.meta("video:release_date") == "2026-11-22T00:00:00+00:00"


def test_structured_data_of_an_image(client):
    item = make_item(
        title="Lantern river",
        description="Paper lanterns drift.",
        alt_text="Orange dots",
        published_at=datetime(2026, 11, 22, 2, 30, tzinfo=UTC),
    )
    node = head_of(client, item).jsonld["ImageObject"]
    asset = item.media_id
    expected = {
        "@type": "ImageObject",
        "name": "Lantern river",
        "description": "Paper lanterns drift.",
        "caption": "Orange dots",
        "contentUrl": f"https://gallery.example/media/{item.media.file.name}",
        "thumbnailUrl": f"https://gallery.example/media/images/thumbnails/640/{asset}.webp",
        "datePublished": "2026-11-22T09:30:00+07:00",
        "author": {"@type": "Organization", "name": "SmartSpec"},
        "creator": {"@type": "Organization", "name": "SmartSpec"},
        "width": 1536,
        "height": 1152,
        "encodingFormat": "image/png",
        "inLanguage": "en",
        "digitalSourceType": "https://schema.org/TrainedAlgorithmicMediaDigitalSource",
    }
    assert node | expected == node


@pytest.mark.parametrize(
    "media_type, type_, duration", [("video", "VideoObject", "PT5S"), ("audio", "AudioObject", "PT24S")]
)
def test_structured_data_of_what_moves_and_sounds(client, media_type, type_, duration):
    item = make_item(media_type=media_type)
    node = head_of(client, item).jsonld[type_]
    assert node["duration"] == duration
    assert node["uploadDate"] == node["datePublished"]
    assert node["thumbnailUrl"].endswith(f"/640/{item.media_id}.webp")


def test_rights_are_told_where_somebody_filled_them_in(client):
    silent = head_of(client, make_item()).jsonld["ImageObject"]
    assert silent["creditText"] == "SmartSpec"
    assert not {"license", "acquireLicensePage", "copyrightNotice"} & set(silent)
    item = make_item(
        license_url="https://example.org/licence",
        acquire_url="https://example.org/buy",
        credit_text="Studio Lantern",
        copyright_notice="Nobody owns this",
    )
    told = head_of(client, item).jsonld["ImageObject"]
    assert told["license"] == "https://example.org/licence"
    assert told["acquireLicensePage"] == "https://example.org/buy"
    assert told["creditText"] == "Studio Lantern"
    assert told["copyrightNotice"] == "Nobody owns this"


def test_structured_data_of_the_front_page(client):
    make_item(title="First")
    make_item(title="Second")
    nodes = Page(client.get("/gallery")).jsonld
    assert set(nodes) == {"CollectionPage", "BreadcrumbList", "WebSite", "Organization"}
    assert nodes["WebSite"]["name"] == "SmartSpec Gallery"
    assert nodes["WebSite"]["publisher"] == {"@id": nodes["Organization"]["@id"]}


@pytest.mark.parametrize("path", ["/gallery", "/th/gallery/images", "/gallery/category/rivers"])
def test_the_item_list_equals_the_visible_links(client, path):
    rivers = make_category("Rivers")
    for number in range(3):
        make_item(title=f"River {number}", categories=(rivers,))
    page = Page(client.get(path))
    listed = page.jsonld["CollectionPage"]["mainEntity"]["itemListElement"]
    hrefs = [f"https://gallery.example{card.attrs['href']}" for card in page.cards]
    if path == "/gallery":  # its lead is a link, but no card
        hrefs.insert(0, f"https://gallery.example{page.one('a', 'lead__art').attrs['href']}")
    assert [node["url"] for node in listed] == hrefs
    assert [(node["position"], node["name"]) for node in listed] == [
        (1, "River 2"),
        (2, "River 1"),
        (3, "River 0"),
    ]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_stays_words(client, title):
    rivers = make_category(title, slug="rivers")
    item = make_item(
        title=title,
        slug="x",
        description=title,
        alt_text=title,
        prompt=title,
        keywords=[title],
        categories=(rivers,),
        translations={"th": {"title": title, "description": title, "alt_text": title}},
    )
    make_item(title="Beside it", categories=(rivers,))
    for path in ("/gallery/x", "/th/gallery/x", "/gallery", "/gallery/category/rivers", "/gallery/beside-it"):
        page = Page(client.get(path))
        assert page.left_open == []
        assert len(page.all("h1")) == len(page.all("title")) == 1
        assert [script.text for script in page.all("script") if "alert" in script.text.split("{")[0]] == []
    page = head_of(client, item)
    assert page.jsonld["ImageObject"]["name"] == title
    assert page.meta("og:title") == title
    assert page.one("h1").text == " ".join(title.split())


@pytest.mark.parametrize("text", HOSTILE)
def test_structured_data_cannot_leave_its_script(text):
    written = jsonld.script({"@type": "Thing", "name": text})
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written)["name"] == text


class TestLanguages:
    words = {
        "title": "โคมลอยเหนือแม่น้ำปิง",
        "description": "โคมนับร้อยลอยขึ้นพร้อมกันเหนือแม่น้ำปิงในคืนยี่เป็ง แสงสีส้มสะท้อนบนผิวน้ำสีดำจนแยกไม่ออกว่าดวงไหนคือดาว",
        "alt_text": "โคมสีส้ม",
    }

    def test_a_work_told_in_both_is_linked_both_ways(self, client):
        item = make_item(title="Lantern river", translations={"th": self.words})
        english, thai = (head_of(client, item, language=each) for each in ("en", "th"))
        assert english.alternates == thai.alternates
        assert english.alternates == {
            "en": "https://gallery.example/gallery/lantern-river",
            "th": "https://gallery.example/th/gallery/lantern-river",
            "x-default": "https://gallery.example/gallery/lantern-river",
        }
        assert english.link("canonical") == english.alternates["en"]
        assert thai.link("canonical") == thai.alternates["th"]
        assert thai.meta("og:locale:alternate") == "en_US"
        assert "noindex" not in english.meta("robots") + thai.meta("robots")

    @pytest.mark.parametrize("own, other", [("th", "en"), ("en", "th")])
    def test_a_work_told_in_one_is_indexed_there_only(self, client, own, other):
        item = make_item(title="Lantern river", language=own)
        foreign = head_of(client, item, language=other)
        assert foreign.meta("robots") == "noindex,follow"
        assert foreign.link("canonical").endswith("/gallery/lantern-river")
        assert ("/th/" in foreign.link("canonical")) == (other == "th")
        assert foreign.alternates == head_of(client, item, language=own).alternates == {}
        assert head_of(client, item, language=own).meta("robots").startswith("index,follow")

    def test_a_work_is_indexed_when_it_has_earned_it(self, client):
        item = make_item(title="Lantern river", description="Paper boats.")
        assert head_of(client, item).meta("robots") == "noindex,follow"

    def test_of_two_that_hardly_differ_the_older_is_indexed_and_each_leads_to_the_other(self, client):
        first, second = (
            make_item(title=title, prompt="The very same prompt")
            for title in ("Lantern river one", "Lantern river two")
        )
        older, newer = head_of(client, first), head_of(client, second)
        assert older.meta("robots").startswith("index,follow")
        assert newer.meta("robots") == "noindex,follow"
        assert newer.all("a", href="/gallery/lantern-river-one")[0].text == "Lantern river one"
        assert "Variations" in [row.text for row in older.all("dt")]

    def test_a_title_alone_is_shown_but_makes_no_pair(self, client):
        item = make_item(translations={"th": {"title": "โคมลอย"}})
        page = head_of(client, item, language="th")
        assert page.one("h1").text == "โคมลอย"
        assert page.alternates == {}

    def test_a_category_without_a_thai_name_is_not_indexed_in_thai(self, client):
        make_item(categories=(make_category("Rivers"),))
        page = Page(client.get("/th/gallery/category/rivers"))
        assert page.one("h1").attrs["lang"] == "en"
        assert page.meta("robots") == "noindex,follow"
        assert Page(client.get("/gallery/category/rivers")).alternates == {}


class TestDiscovery:
    def found(self, page, type_):
        return [link.attrs["href"] for link in page.all("link", rel="alternate", type=type_)]

    def test_pages_name_their_feed(self, client):
        rivers = make_category("Rivers")
        item = make_item(categories=(rivers,))
        feeds = {
            "/gallery": "/gallery/feed",
            "/th/gallery/images": "/th/gallery/feed",
            "/gallery/category/rivers": "/gallery/category/rivers/feed",
            "/th/gallery/category/rivers": "/th/gallery/category/rivers/feed",
            f"/gallery/{item.slug}": "/gallery/feed",
        }
        for path, feed in feeds.items():
            assert self.found(Page(client.get(path)), "application/rss+xml") == [feed]
            assert client.get(feed).status_code == 200

    @pytest.mark.parametrize("language", ["en", "th"])
    def test_a_work_says_where_to_ask_for_a_player(self, client, language):
        item = make_item(title="น้ำตก", language="th", media_type="video")
        [url] = self.found(head_of(client, item, language=language), "application/json+oembed")
        answer = client.get(url.removeprefix("https://gallery.example"))
        assert (answer.status_code, answer.json()["type"]) == (200, "video")

    def test_a_sensitive_work_offers_none(self, client):
        assert self.found(head_of(client, make_item(rating="sensitive")), "application/json+oembed") == []
