"""Lists of the API read plain values: they say the same of a work as its own address does."""

from datetime import timedelta
from itertools import chain
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from gallery.models import ItemStats
from gallery.tests.factories import make_category, make_item

pytestmark = pytest.mark.django_db
LISTS = [
    "/api/v1/gallery",
    "/api/v1/gallery?media_type=image",
    "/api/v1/gallery?model=nano-banana-pro",
    "/api/v1/gallery?featured=true",
    "/api/v1/gallery?featured=false",
    "/api/v1/gallery?sort=popular",
    "/api/v1/gallery?sort=trending",
    "/api/v1/gallery?category=rivers",
    "/api/v1/gallery?category=rivers&sort=popular&media_type=image",
    "/api/v1/gallery/featured",
    "/api/v1/gallery/categories/rivers",
    "/api/v1/gallery/search?q=lantern",
]


@pytest.fixture
def works():
    """Seven of each kind: some liked, some featured, some on a shelf, two at the same moment."""
    rivers, now = make_category("Rivers"), timezone.now()
    for at in range(7):
        for kind in ("image", "video", "audio"):
            item = make_item(
                media_type=kind,
                categories=(rivers,) if at % 2 else (),
                published_at=now - timedelta(hours=at // 2),
                is_featured=at % 3 == 0,
                display_order=at % 4,
                translations={"th": {"title": f"เรือโคม {at}"}} if at % 2 else {},
                show_prompt=at % 4 != 0,
            )
            ItemStats.objects.filter(item=item).update(like_count=at % 3, popularity=at % 3, view_count=at)


def together(path, limit):
    return f"{path}{'&' if '?' in path else '?'}limit={limit}"


def walked(api, path, way):
    """The slugs of all pages from `path` on, page by page."""
    pages = []
    while path:
        answer = api.get(path).json()
        pages.append([item["slug"] for item in answer["results"]])
        there = urlsplit(answer[way]) if answer[way] else None
        path, last = (f"{there.path}?{there.query}", path) if there else (None, path)
    return pages, last


@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_walked_to_its_end_and_back(api, works, path):
    whole = [item["slug"] for item in api.get(together(path, 100)).json()["results"]]
    assert whole
    pages, last = walked(api, together(path, 4), "next")
    assert list(chain(*pages)) == whole
    back, _first = walked(api, last, "previous")
    assert list(chain(*reversed(back))) == whole


@pytest.mark.parametrize("path", LISTS[:3])
def test_a_list_says_the_same_of_a_work_as_its_own_address(api, works, path):
    for told in api.get(together(path, 100)).json()["results"]:
        assert told == api.get(f"/api/v1/gallery/{told['slug']}").json()


def test_files_that_have_not_moved_yet_are_told_under_signed_addresses(api):
    item = make_item()
    type(item.media).objects.filter(pk=item.media_id).update(visibility="private")
    [told] = api.get("/api/v1/gallery").json()["results"]
    assert "/private/" in told["media_url"]
    assert told["media_url"] == api.get(f"/api/v1/gallery/{item.slug}").json()["media_url"]


@pytest.mark.parametrize("limit", [5, 20])
def test_a_list_takes_two_queries_at_any_length(api, works, django_assert_num_queries, limit):
    with django_assert_num_queries(2):
        assert len(api.get(f"/api/v1/gallery?limit={limit}").json()["results"]) == limit


def test_a_cursor_of_another_order_is_refused(api, works):
    following = urlsplit(api.get("/api/v1/gallery?limit=4").json()["next"])
    assert api.get(f"{following.path}?{following.query}&sort=popular").status_code == 400
