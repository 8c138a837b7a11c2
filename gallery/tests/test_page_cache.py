"""Whole pages from memory: who gets them, and that none is older than what was last decided."""

import threading

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from gallery.caching import noticing
from gallery.caching.middleware import PageCache
from gallery.caching.shelf import BESIDE_BODY_BYTES, Kept, Shelf
from gallery.caching.version import read
from gallery.tests.factories import make_category
from smartspec.lib.counts import OWN

PUBLIC = {"Cache-Control": "public, max-age=0", "ETag": '"one"'}


@pytest.fixture
def cache(settings):
    """A cache before a page that counts how often it was rendered; the site stands still."""
    settings.PAGE_CACHE_MB = 1
    made = []

    def render(request):
        made.append(request.path)
        request.resolver_match = None
        answer = render.answers.get(request.path)
        return answer or HttpResponse(f"{request.get_full_path()} {len(made)}", headers=PUBLIC)

    render.answers = {}
    cache = PageCache(render)
    cache.version = lambda: cache.site
    cache.site, cache.made, cache.answers = (1, 1), made, render.answers
    return cache


def counted() -> list[float]:
    """Kept pages that served, pages that did not, bytes kept."""
    asked = [OWN.get_sample_value("smartspec_kept_pages_total", {"found": word}) for word in ("yes", "no")]
    return [*asked, OWN.get_sample_value("smartspec_kept_pages_bytes")]


def ask(cache, path="/gallery", method="get", **headers):
    return cache(getattr(RequestFactory(), method)(path, headers=headers))


def test_a_page_is_rendered_once_and_anew_for_another_version(cache):
    assert ask(cache).content == ask(cache).content == b"/gallery 1"
    cache.site = (2, 7)
    assert ask(cache).content == b"/gallery 2"


def test_every_address_host_and_encoding_has_a_page_of_its_own(cache):
    for path in ("/gallery", "/th/gallery", "/gallery?page=2"):
        ask(cache, path)
    ask(cache, **{"accept-encoding": "gzip"})
    ask(cache, host="other.example")
    assert len(cache.made) == 5


@pytest.mark.parametrize("header", ["cookie", "authorization", "x-api-key"])
def test_who_shows_who_they_are_gets_nothing_from_memory(cache, header):
    ask(cache)
    assert ask(cache, **{header: "me"}).content == b"/gallery 2"
    assert ask(cache).content == b"/gallery 1"


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 404, "headers": PUBLIC},
        {"status": 503, "headers": PUBLIC},
        {"headers": {"Cache-Control": "no-store"}},
        {"headers": {}},
        {"headers": PUBLIC | {"Vary": "Accept-Language"}},
    ],
)
def test_what_is_not_for_everybody_is_not_kept(cache, answer):
    cache.answers["/gallery"] = HttpResponse("mine", **answer)
    ask(cache)
    ask(cache)
    assert len(cache.made) == 2


def test_an_answer_with_a_cookie_is_not_kept(cache):
    cache.answers["/gallery"] = HttpResponse("mine", headers=PUBLIC)
    cache.answers["/gallery"].set_cookie("who", "me")
    ask(cache)
    ask(cache)
    assert len(cache.made) == 2


def test_an_unknown_version_keeps_nothing(cache):
    cache.site = None
    assert (ask(cache).content, ask(cache).content) == (b"/gallery 1", b"/gallery 2")


@pytest.mark.parametrize("tag, status", [('"one"', 304), ('"other"', 200)])
def test_a_known_page_is_not_sent_again_from_memory_or_fresh(cache, tag, status):
    fresh = ask(cache, **{"if-none-match": tag})
    kept = ask(cache, **{"if-none-match": tag})
    assert (fresh.status_code, kept.status_code, len(cache.made)) == (status, status, 1)
    assert ask(cache).status_code == 200


def test_a_crowd_at_one_address_has_it_rendered_once(settings):
    settings.PAGE_CACHE_MB = 1
    crowd, made, answers = 8, [], []
    together = threading.Barrier(crowd)

    def render(request):
        made.append(1)
        request.resolver_match = None
        return HttpResponse("page", headers=PUBLIC)

    cache = PageCache(render)
    cache.version = lambda: (1, 1)

    def come():
        together.wait()
        answers.append(ask(cache).content)

    visitors = [threading.Thread(target=come) for _ in range(crowd)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert (len(made), answers) == (1, [b"page"] * crowd)


def test_the_shelf_stays_within_its_bytes_and_drops_what_is_asked_least():
    shelf = Shelf(limit=2 * (BESIDE_BODY_BYTES + 100))
    page = Kept(200, (), b"x" * 100, None, (1, 1), float("inf"))
    shelf.put("a", page)
    shelf.put("b", page)
    shelf.get("a", (1, 1))
    shelf.put("c", page)
    assert [bool(shelf.get(key, (1, 1))) for key in "abc"] == [True, False, True]
    assert shelf.bytes <= shelf.limit


@pytest.mark.parametrize(
    "sql, told",
    [
        ('UPDATE "gallery_items" SET "title" = %s', True),
        ('INSERT INTO "gallery_item_categories" ("item_id") VALUES (%s)', True),
        ('INSERT OR IGNORE INTO "gallery_likes" ("item_id") VALUES (%s)', True),
        ('DELETE FROM "generation_price_overrides" WHERE 1', True),
        ('UPDATE "gallery_tallies" SET "views" = 1', False),
        ('UPDATE "generation_tasks" SET "stage" = %s', False),
        ('SELECT "id" FROM "gallery_items"', False),
    ],
)
def test_a_write_to_what_visitors_see_is_told_by_its_table(sql, told):
    assert noticing.shows(sql) is told


@pytest.mark.django_db
def test_any_write_makes_another_version_even_past_the_models():
    make_category("Water")
    before = read()
    with connection.execute_wrapper(noticing.note):
        assert make_category("Hills").__class__.objects.filter(slug="hills").update(name="Mountains") == 1
    assert read() != before


def test_it_is_counted_how_often_a_kept_page_served_and_what_is_kept(cache):
    served, not_served, _bytes = counted()
    ask(cache)
    ask(cache)
    assert counted() == [served + 1, not_served + 1, cache.shelf.bytes]
