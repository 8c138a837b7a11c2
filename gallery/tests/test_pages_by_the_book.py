"""What validators would say of every kind of page: of its HTML, its links, and its structured data."""

import re
from collections import Counter
from itertools import pairwise
from urllib.parse import urljoin, urlsplit

import pytest
from tinyhtml5.parser import HTMLParser

from gallery.tests import exhibition
from gallery.tests.reading import Page

pytestmark = pytest.mark.django_db
NEEDED = {  # by type, what Google's documentation asks of it
    "BreadcrumbList": ["itemListElement"],
    "CollectionPage": ["name", "url", "mainEntity"],
    "ImageObject": [
        "contentUrl",
        "creator",
        "creditText",
        "width",
        "height",
        "thumbnailUrl",
        "datePublished",
    ],
    "ItemList": ["itemListElement"],
    "ListItem": ["position", "name"],
    "Organization": ["name"],
    "VideoObject": [
        "name",
        "description",
        "thumbnailUrl",
        "uploadDate",
        "duration",
        "contentUrl",
        "embedUrl",
    ],
    "AudioObject": ["name", "description", "contentUrl", "duration", "encodingFormat", "uploadDate"],
    "WebSite": ["name", "url"],
}
ITS_OWN = ("/static/", "/api/")
NAMED_BY = {"a": "href", "link": "href", "img": "src", "script": "src", "video": "poster", "source": "src"}


@pytest.fixture
def paths():
    return exhibition.in_both([*exhibition.hang(), *exhibition.hang_more(), exhibition.take_down()])


def opened(client, paths):
    return {path: client.get(path) for path in paths}


def test_every_page_is_html_by_the_book(client, paths):
    wrong = []
    for path, response in opened(client, paths).items():
        parser = HTMLParser()
        parser.parse(response.content)
        wrong += [(path, code, position) for position, code, _facts in parser.errors]
    assert wrong == []


def test_names_are_given_once_and_headings_leave_no_step_out(client, paths):
    wrong = []
    for path, response in opened(client, paths).items():
        page = Page(response)
        ids = Counter(element.attrs["id"] for element in page.elements if "id" in element.attrs)
        steps = [int(element.tag[1]) for element in page.elements if re.fullmatch("h[1-6]", element.tag)]
        deeper = [after - before for before, after in pairwise(steps)]
        wrong += [(path, name) for name, count in ids.items() if count > 1]
        wrong += [(path, steps)] * (steps.count(1) != 1 or steps[0] != 1 or max(deeper, default=0) > 1)
    assert wrong == []


def test_every_field_has_a_label_and_every_picture_an_alternative(client, paths):
    wrong = []
    for path, response in opened(client, paths).items():
        page = Page(response)
        labelled = {label.attrs["for"] for label in page.all("label")}
        fields = [each for tag in ("input", "select", "textarea") for each in page.all(tag)]
        wrong += [(path, field.attrs) for field in fields if field.attrs.get("id") not in labelled]
        wrong += [(path, image.attrs["src"]) for image in page.all("img") if not image.attrs.get("alt")]
    assert wrong == []


def test_structured_data_has_what_it_must_have(client, paths):
    wrong = []
    for path, response in opened(client, paths).items():
        page = Page(response)
        if page.all("script", type="application/ld+json"):
            for node in every_node(list(page.jsonld.values())):
                wrong += [(path, node["@type"], name) for name in NEEDED[node["@type"]] if not node.get(name)]
    assert wrong == []


def every_node(value):
    """All objects with a type, however deep; a reference to another node is none."""
    if isinstance(value, list):
        for each in value:
            yield from every_node(each)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        yield from every_node(list(value.values()))


def test_whoever_follows_all_links_never_stands_before_nothing(client, settings):
    exhibition.hang(files=True)
    waiting, seen, wrong = ["/gallery", "/th/gallery"], set(), []
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        response = client.get(path)
        if response.status_code != 200:
            wrong.append((path, response.status_code))
        elif response["Content-Type"].startswith("text/html") and "/gallery" in path:
            waiting += ours(Page(response), path, settings.SITE_URL)
    assert wrong == []
    assert len(seen) > 100


def ours(page, path, site):
    """Everything of this site that the page names, but for files of its own program."""
    named = [page.meta("og:image"), page.meta("og:video")]
    for element in page.elements:
        named.append(element.attrs.get(NAMED_BY.get(element.tag, "")))
        named += [part.split()[0] for part in (element.attrs.get("srcset") or "").split(",") if part]
    for name in filter(None, named):
        url = urlsplit(urljoin(f"{site}{path}", name))
        if f"{url.scheme}://{url.netloc}" == site and not url.path.startswith(ITS_OWN):
            yield f"{url.path}?{url.query}" if url.query else url.path
