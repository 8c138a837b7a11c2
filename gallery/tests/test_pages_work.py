from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from django.conf import settings

from gallery import slugs
from gallery.tests.factories import make_category, make_item, make_task
from gallery.tests.reading import Page

pytestmark = pytest.mark.django_db
THAI = {
    "title": "โคมลอยยี่เป็ง",
    "description": "โคมนับร้อยลอยขึ้นพร้อมกันเหนือแม่น้ำ",
    "alt_text": "โคมสีส้มเหนือน้ำดำ",
    "prompt": "โคมลอยเหนือแม่น้ำ",
    "language": "th",
}


def open_page(client, item, *, language="en"):
    prefix = "/th" if language == "th" else ""
    response = client.get(f"{prefix}/gallery/{item.slug}")
    assert response.status_code == 200
    return Page(response)


def facts(page):
    return {row.text: value.text for row, value in zip(page.all("dt"), page.all("dd"), strict=True)}


def test_an_image_is_shown_whole_with_its_label(client):
    item = make_item(title="Lantern river", description="Paper boats.", alt_text="Orange dots on black")
    page = open_page(client, item)
    assert page.one("h1").text == "Lantern river"
    assert page.one("p", "work__text").text == "Paper boats."
    assert page.one("a", "made").text == "AI generated"
    image = page.one("img", fetchpriority="high")
    assert image.attrs["alt"] == "Orange dots on black"
    assert (image.attrs["width"], image.attrs["height"]) == ("1536", "1152")
    assert image.attrs["src"] == f"/media/images/thumbnails/1280/{item.media_id}.webp"


def test_a_browser_may_choose_among_widths_and_formats(client):
    item = make_item()
    source = open_page(client, item).one("source", type="image/avif")
    assert source.attrs["srcset"] == ",".join(
        f"/media/images/thumbnails/{width}/{item.media_id}.avif {width}w" for width in (320, 640, 960, 1280)
    )
    assert source.attrs["sizes"] == "(min-width:64rem) min(62vw,104svh),min(100vw,104svh)"


def test_before_the_first_rendition_the_original_is_shown(client):
    item = make_item(rendered=False)
    page = open_page(client, item)
    assert page.one("img").attrs["src"] == f"/media/{item.media.file.name}"
    assert page.meta("og:image").endswith("/static/img/social.jpg")


def test_a_video_plays_when_asked_and_not_before(client):
    item = make_item(media_type="video", alt_text="A boat passes")
    page = open_page(client, item)
    video = page.one("video")
    assert "controls" in video.attrs
    assert "autoplay" not in video.attrs
    assert video.attrs["preload"] == "none"
    assert video.attrs["poster"] == f"/media/videos/thumbnails/{item.media_id}.jpg"
    assert video.attrs["aria-label"] == "A boat passes"
    assert page.one("source", type="video/mp4").attrs["src"] == f"/media/{item.media.file.name}"
    assert facts(page)["Length"] == "0:05"


def test_a_sound_shows_its_waveform_and_plays(client):
    item = make_item(media_type="audio")
    page = open_page(client, item)
    assert page.one("audio").attrs["preload"] == "none"
    assert page.one("source", type="audio/mpeg").attrs["src"] == f"/media/{item.media.file.name}"
    assert page.one("svg", viewbox="0 0 288 72")
    assert facts(page)["Origin"] == "Generated with AI."


def test_the_prompt_can_be_copied(client):
    page = open_page(client, make_item(prompt="Paper lanterns, woodblock"))
    assert page.one("p", "prompt__text", id="prompt").text == "Paper lanterns, woodblock"
    button = page.one("button", **{"data-copy": "#prompt"})
    assert "hidden" in button.attrs  # it works with a script only, which shows it


def test_a_prompt_that_is_not_to_be_shown_is_nowhere(client):
    item = make_item(prompt="My own secret recipe", show_prompt=False)
    response = client.get(f"/gallery/{item.slug}")
    assert "secret recipe" not in response.content.decode()


def test_the_facts_of_a_work(client):
    rivers = make_category("Rivers")
    options = {"aspect_ratio": "4:3", "resolution": "2K", "seed": 7, "webhook": ["x"], "loop": True}
    published = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)  # the next day in Bangkok
    item = make_item(categories=(rivers,), options=options, published_at=published)
    page = open_page(client, item)
    assert facts(page) == {
        "Made with": "Nano Banana Pro",
        "Options": "Ratio 4:3, resolution 2K, seed 7",
        "Size": "1536 × 1152 px, PNG, 120 KB",
        "Published": "22 November 2026",
        "Categories": "Rivers",
        "Origin": "Generated with AI. The pictures on this page carry the IPTC mark for algorithmic media.",
    }
    assert page.one("time").attrs["datetime"] == "2026-11-22T01:30:00+07:00"


def test_thai_people_read_the_buddhist_year_and_machines_the_other(client):
    item = make_item(published_at=datetime(2026, 11, 22, tzinfo=UTC))
    page = open_page(client, item, language="th")
    assert page.one("time").text == "22 พฤศจิกายน 2569"
    assert page.one("time").attrs["datetime"] == "2026-11-22T07:00:00+07:00"


def test_breadcrumbs_lead_back_through_the_shelves(client):
    land = make_category("Landscape")
    item = make_item(title="Ridge", categories=(make_category("Mountains", parent=land),))
    page = open_page(client, item)
    node = page.jsonld["BreadcrumbList"]["itemListElement"]
    assert [crumb["name"] for crumb in node] == ["Gallery", "Images", "Landscape", "Mountains", "Ridge"]
    assert [crumb["position"] for crumb in node] == [1, 2, 3, 4, 5]
    assert page.one("li", **{"aria-current": "page"}).text == "Ridge"


def test_related_works_are_asked_for_alike_or_come_from_the_same_shelf(client):
    rivers = make_category("Rivers")
    item = make_item(title="One river", categories=(rivers,))
    make_item(title="Another river", categories=(rivers,))
    make_item(title="A hill", prompt="grass in the wind", model_id="z-image")
    page = open_page(client, item)
    assert page.further_titles == ["Another river"]
    assert page.one("a", "leaf__link").attrs["href"] == "/gallery/category/rivers"
    assert all(image.attrs["loading"] == "lazy" for image in page.all("img")[1:])


def test_a_work_without_a_shelf_leads_to_its_kind(client):
    item = make_item()
    make_item(title="Another image")
    make_item(title="A video", media_type="video", prompt="grass in the wind")
    page = open_page(client, item)
    assert page.further_titles == ["Another image"]
    assert page.one("a", "leaf__link").attrs["href"] == "/gallery/images"


def test_a_work_costs_four_queries(client, django_assert_num_queries):
    rivers = make_category("Rivers", parent=make_category("Landscape"))
    items = [make_item(categories=(rivers,)) for _number in range(5)]
    with django_assert_num_queries(4):
        client.get(f"/gallery/{items[0].slug}")


@pytest.mark.parametrize(
    "language, first", [("en", ["X", "Facebook", "LINE"]), ("th", ["LINE", "Facebook", "X"])]
)
def test_line_comes_first_for_thai_people(client, language, first):
    item = make_item(title="Lantern river")
    page = open_page(client, item, language=language)
    shared = quote(page.link("canonical"), safe="")
    links = [link for link in page.all("a", "button") if link.attrs["href"].startswith("https:")]
    assert [link.text for link in links][:3] == first
    assert all(shared in link.attrs["href"] for link in links)
    assert {link.attrs["rel"] for link in links} == {"noopener nofollow"}


def test_the_original_can_be_downloaded_under_a_telling_name(client):
    item = make_item(title="Lantern river")
    [link] = [each for each in open_page(client, item).all("a", "button") if "download" in each.attrs]
    assert link.attrs["href"] == f"/media/{item.media.file.name}"
    assert link.attrs["download"] == "lantern-river.png"


def test_a_thai_work_on_an_english_page_is_marked_as_thai(client):
    item = make_item(**THAI)
    page = open_page(client, item)
    assert page.one("html").attrs["lang"] == "en"
    assert page.one("h1").attrs["lang"] == "th"
    assert page.one("p", "work__text").attrs["lang"] == "th"
    assert page.one("p", "prompt__text").attrs["lang"] == "th"
    assert page.one("h2", "prompt__name").text == "Prompt"


def test_a_translated_work_speaks_the_language_of_the_page(client):
    item = make_item(title="Lantern river", translations={"th": THAI})
    page = open_page(client, item, language="th")
    assert page.one("html").attrs["lang"] == "th"
    assert page.one("h1").text == THAI["title"]
    assert "lang" not in page.one("h1").attrs
    assert page.one("img", fetchpriority="high").attrs["alt"] == THAI["alt_text"]


def test_a_sensitive_work_waits_behind_a_click(client):
    item = make_item(title="Not for everybody", rating="sensitive")
    page = open_page(client, item)
    assert page.one("details", "work__veil")
    assert page.all("img", fetchpriority="high") == []
    assert page.meta("robots") == "noindex,follow"
    assert page.meta("og:image").endswith("/static/img/social.jpg")
    assert "ImageObject" not in page.jsonld


def test_nothing_tells_who_made_it_or_by_which_task(client):
    task = make_task()
    item = make_item(created_by=task.user, generation_task=task)
    html = open_page(client, item).html
    assert str(task.id) not in html
    assert str(task.user_id) not in html
    assert task.user.username not in html


def test_a_work_page_is_cacheable_by_anybody(client):
    item = make_item()
    response = client.get(f"/gallery/{item.slug}")
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=1, stale-while-revalidate=10"
    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")
    again = client.get(f"/gallery/{item.slug}", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("media_type", ["image", "video", "audio"])
@pytest.mark.parametrize("language", ["en", "th"])
def test_no_style_and_no_script_stands_in_a_page(client, media_type, language):
    page = open_page(client, make_item(media_type=media_type), language=language)
    assert page.left_open == []
    assert page.all("style") == []
    assert [e for e in page.elements if any(n == "style" or n.startswith("on") for n in e.attrs)] == []
    scripts = [script for script in page.all("script") if script.attrs.get("type") != "application/ld+json"]
    assert [script.attrs.get("src") for script in scripts] == ["/static/js/site.js"]


@pytest.mark.parametrize("media_type", ["image", "video", "audio"])
def test_every_file_that_a_page_names_is_there(client, media_type):
    item = make_item(media_type=media_type, files=True)
    page = open_page(client, item)
    named = {e.attrs[name] for e in page.elements for name in ("src", "poster") if e.attrs.get(name)}
    for source in [e.attrs["srcset"] for e in page.elements if "srcset" in e.attrs]:
        named |= {part.split()[0] for part in source.split(",")}
    data = next(node for type_, node in page.jsonld.items() if type_.endswith("Object"))
    named |= {page.meta("og:image"), data["contentUrl"], data["thumbnailUrl"]}
    paths = {url.removeprefix(settings.SITE_URL) for url in named}
    media = {path for path in paths if path.startswith("/media/")}
    assert len(media) >= 3
    assert {path for path in media if client.get(path).status_code != 200} == set()


def test_slugs_name_the_download_in_thai_too(client):
    item = make_item(**THAI)
    page = open_page(client, item, language="th")
    [link] = [each for each in page.all("a", "button") if "download" in each.attrs]
    assert link.attrs["download"] == f"{slugs.slugify(THAI['title'])}.png"
