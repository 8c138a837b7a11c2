"""What is counted besides rows: presses, searches without result, works seen."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from gallery import counting
from gallery.models import DayCount, ItemNumbers, Tally
from gallery.numbers import noting, seen_works
from gallery.tests.factories import make_item
from smartspec import retention

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0"
ROBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
SEARCH = "/gallery/search"


def counts(what):
    return dict(DayCount.objects.filter(what=what).values_list("words", "count"))


def press(api, **said):
    query = "&".join(f"{name}={value}" for name, value in said.items())
    return api.post(f"/api/v1/gallery/boat/view?{query}", headers={"User-Agent": BROWSER})


@pytest.mark.parametrize(
    ("deed", "way", "kept"),
    [("share", "line", "line"), ("share", "copy", "copy"), ("remix", "app", "app"), ("share", "pigeon", "")],
)
def test_a_pressed_button_is_counted_and_is_no_view(api, deed, way, kept):
    make_item(slug="boat")
    for _press in range(2):
        assert press(api, utm_source=deed, utm_medium=way).status_code == 204
    assert counts(deed) == {kept: 2}
    assert not Tally.objects.exists()


def test_a_visitor_from_a_newsletter_is_a_view(api):
    make_item(slug="boat")
    assert press(api, utm_source="newsletter").status_code == 204
    assert Tally.objects.get().views == 1
    assert not DayCount.objects.exists()


def test_a_work_that_is_not_shown_counts_nothing(api):
    make_item(slug="boat", shown=False)
    assert press(api, utm_source="share", utm_medium="line").status_code == 404
    assert not DayCount.objects.exists()


def test_robots_press_nothing():
    assert not noting.note("share", way="line", agent=ROBOT)
    assert not noting.note("steal", way="line", agent=BROWSER)
    assert not DayCount.objects.exists()


def seek(client, q, agent=BROWSER, **more):
    return client.get(SEARCH, {"q": q, **more}, headers={"User-Agent": agent})


def test_a_search_without_result_is_counted_under_its_folded_words(client):
    for q in ("Dinosaur  EGGS", "dinosaur eggs", "dinosaür-eggs"):
        assert seek(client, q).status_code == 200
    seek(client, "ช้างน้ำ")
    assert counts("missed") == {"dinosaur eggs": 3, "ช้างน้ำ": 1}


def test_searches_that_find_something_or_are_narrowed_or_made_by_robots_are_not_counted(client):
    make_item(title="Lantern boats", slug="boat")
    seek(client, "lantern")
    seek(client, "lanterm")  # found under the right spelling
    seek(client, "dinosaur", media_type="video")
    seek(client, "dinosaur", ROBOT)
    seek(client, "")
    seek(client, "!!!")
    assert counts("missed") == {}


def test_only_so_many_different_searches_of_a_day_are_kept(monkeypatch):
    monkeypatch.setattr(noting, "DIFFERENT_SEARCHES", 2)
    for q in ("one", "two", "three", "four", "one", "x" * 500):
        noting.miss(q, agent=BROWSER)
    assert counts("missed") == {"one": 2, "two": 1, "": 3}


def test_words_of_searches_are_forgotten_after_a_year_and_a_bit():
    old = timezone.localdate() - timedelta(days=402)
    noting.add(noting.What.MISSED, "dinosaur", day=old)
    noting.add(noting.What.LIKE, "", 4, day=old)
    noting.miss("unicorn", agent=BROWSER)
    cache.clear()
    assert retention.sweep(1) == 1
    assert counts("missed") == {"unicorn": 1}
    assert counts("like") == {"": 4}


def test_works_seen_and_liked_are_added_up_by_day():
    boat, kite = make_item(), make_item()
    for _view in range(3):
        counting.view(boat.pk, agent=BROWSER, address="203.0.113.7")
    counting.view(kite.pk, agent=ROBOT, address="203.0.113.8")
    counting.like(boat.pk, visitor="a")
    counting.flush()
    counting.view(boat.pk, agent=BROWSER, address="203.0.113.7")
    counting.like(boat.pk, visitor="a")  # taken back
    counting.like(kite.pk, visitor="b")
    counting.flush()
    kept = {row.item_id: (row.views, row.likes) for row in ItemNumbers.objects.all()}
    assert kept == {boat.pk: (4, 0), kite.pk: (0, 1)}
    assert counts("like") == {"": 1}


def test_a_view_counts_on_the_day_on_which_it_was():
    boat = make_item()
    counting.view(boat.pk, agent=BROWSER, address="203.0.113.7")
    yesterday = timezone.now() - timedelta(days=1)
    Tally.objects.update(at=yesterday)
    counting.flush()
    assert ItemNumbers.objects.get().day == timezone.localdate(yesterday)


def test_of_a_day_that_is_over_the_works_seen_most_are_kept(monkeypatch):
    monkeypatch.setattr(seen_works, "KEPT_OF_A_DAY", 2)
    today = timezone.localdate()
    for views in (5, 3, 3, 1):
        for day in (today, today - timedelta(days=1)):
            ItemNumbers.objects.create(day=day, item=make_item(), views=views)
    for day in (today, today - timedelta(days=1)):
        seen_works.forget_the_least_seen(day)
    kept = ItemNumbers.objects.order_by("-views").values_list("views", flat=True)
    assert list(kept.filter(day=today)) == [5, 3, 3, 1]
    assert list(kept.exclude(day=today)) == [5, 3, 3]
