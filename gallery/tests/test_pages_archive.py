from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from gallery import listing
from gallery.pages import list_page, paging
from gallery.tests.factories import make_item
from gallery.tests.reading import Page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def works():
    dates = {"Old": (2025, 12, 31, 20), "Older": (2025, 11, 2, 3), "New": (2026, 3, 1, 3)}
    return [make_item(title=title, published_at=datetime(*at, tzinfo=UTC)) for title, at in dates.items()]


def test_all_months_are_listed_by_year(client, works):
    page = Page(client.get("/gallery/archive"))
    assert [year.text for year in page.all("h2", "prose__name")] == ["2026", "2025"]
    assert [(link.text, link.attrs["href"]) for link in page.all("a", "months__link")] == [
        ("March 2026", "/gallery/archive/2026/03"),
        ("January 2026", "/gallery/archive/2026/01"),  # it was the new year already in Bangkok
        ("November 2025", "/gallery/archive/2025/11"),
    ]


def test_thai_people_read_buddhist_years(client, works):
    page = Page(client.get("/th/gallery/archive"))
    assert [year.text for year in page.all("h2", "prose__name")] == ["2569", "2568"]
    assert page.all("a", "months__link")[0].text == "มีนาคม 2569"
    assert page.all("a", "months__link")[0].attrs["href"] == "/th/gallery/archive/2026/03"


def test_a_month_shows_its_works(client, works):
    page = Page(client.get("/gallery/archive/2026/01"))
    assert page.titles == ["Old"]
    assert page.one("h1").text == "January 2026"
    assert page.link("canonical") == f"{settings.SITE_URL}/gallery/archive/2026/01"
    assert page.meta("robots").startswith("index,")
    assert [link.attrs["href"][-7:] for link in page.all("a", "filters__link")] == ["2026/03", "2026/01"]


@pytest.mark.parametrize("month", ["2026/02", "2026/13", "2026/00", "2026/3", "0000/01", "26/03", "2026"])
def test_a_month_without_works_is_not_there(client, works, month):
    assert client.get(f"/gallery/archive/{month}").status_code == 404


def test_an_empty_archive_is_not_indexed(client):
    assert Page(client.get("/gallery/archive")).meta("robots") == "noindex,follow"


def test_a_month_costs_a_query_more_while_its_neighbours_are_unknown(
    client, works, django_assert_num_queries
):
    with django_assert_num_queries(4):
        client.get("/gallery/archive/2026/01")
    with django_assert_num_queries(2):
        client.get("/gallery/archive/2025/11")


def test_behind_the_last_number_it_goes_on_to_the_very_last_work(client, monkeypatch):
    for module in (listing, list_page, paging):
        monkeypatch.setattr(module, "MAX_PAGES", 2)
    now = timezone.now()
    works = [make_item(published_at=now - timedelta(hours=at)) for at in range(24 * 3 + 2)]
    seen, path = [], "/gallery/images"
    while path:
        page = Page(client.get(path))
        seen += page.titles
        path = next((leaf.attrs["href"] for leaf in page.all("a", "leaf__link")), None)
    assert seen == [work.title for work in works]
    assert page.meta("robots") == "noindex,follow"
    assert page.all("a", "pager__item") == []


def test_a_cursor_that_is_none_is_not_found(client):
    make_item()
    assert client.get("/gallery/images?cursor=nonsense").status_code == 404
