from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from gallery import counting, jobs
from gallery.api import visits
from gallery.models import Day, DayVisitor, Item, ItemStats, Like, Report, Tally
from gallery.tests.factories import make_item

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0"


def stats(item):
    return ItemStats.objects.get(item=item)


def view(item, *, agent=BROWSER, address="203.0.113.7"):
    counting.view(item.pk, agent=agent, address=address)


def test_a_view_is_counted_with_the_next_batch(api):
    item = make_item(slug="boat")
    answer = api.post("/api/v1/gallery/boat/view", headers={"User-Agent": BROWSER})
    assert (answer.status_code, answer.content) == (204, b"")
    assert stats(item).view_count == 0
    counting.flush()
    assert stats(item).view_count == 1
    assert not Tally.objects.exists()


def test_a_beacon_may_carry_any_body(api):
    make_item(slug="boat")
    assert api.post("/api/v1/gallery/boat/view", "x", content_type="text/plain").status_code == 204


def test_looking_at_a_page_writes_nothing(client, api):
    make_item(slug="boat")
    client.get("/gallery/boat")
    api.get("/api/v1/gallery/boat")
    assert not Tally.objects.exists()
    assert not Day.objects.exists()


def test_counting_never_touches_the_wide_row(django_assert_max_num_queries):
    items = [make_item() for _number in range(5)]
    before = dict(Item.objects.values_list("pk", "updated_at"))
    for item in items * 3:
        view(item)
    with django_assert_max_num_queries(16):
        assert counting.flush() == 15
    assert {stats(item).view_count for item in items} == {3}
    assert dict(Item.objects.values_list("pk", "updated_at")) == before


def test_batches_add_up():
    item = make_item()
    for _number in range(5):
        view(item)
    assert [counting.flush(limit=2) for _batch in range(4)] == [2, 2, 1, 0]
    assert stats(item).view_count == 5


def test_a_batch_waits_for_company_and_is_then_swept_up():
    item = make_item()
    view(item)
    assert jobs.sweep(10) == 0
    Tally.objects.update(at=timezone.now() - counting.BATCH_AFTER)
    assert jobs.sweep(10) == 1
    assert stats(item).view_count == 1


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "facebookexternalhit/1.1;line-poker/1.0",
        "Twitterbot/1.0",
        "TelegramBot (like TwitterBot)",
        "WhatsApp/2.23.20.0",
        "curl/8.0",
        "Mozilla/5.0 HeadlessChrome/128.0",
    ],
)
def test_robots_and_link_previews_are_counted_apart(agent):
    item = make_item()
    view(item, agent=agent)
    counting.flush()
    assert stats(item).view_count == 0
    day = Day.objects.get()
    assert (day.views, day.robot_views, day.visitors) == (0, 1, 0)


@pytest.mark.parametrize(
    "agent", [BROWSER, "Mozilla/5.0 (iPhone) Safari Line/14.0", "Mozilla/5.0 (Linux; Android 14) CUBOT_X"]
)
def test_people_are_not_taken_for_robots(agent):
    item = make_item()
    view(item, agent=agent)
    counting.flush()
    assert stats(item).view_count == 1


def test_a_visitor_counts_once_a_day():
    one, other = make_item(), make_item()
    view(one)
    view(other)
    counting.flush()
    view(one)
    view(one, address="203.0.113.8")
    counting.flush()
    day = Day.objects.get()
    assert (day.views, day.visitors) == (4, 2)


def test_who_was_here_is_forgotten_the_day_after():
    view(make_item())
    counting.flush()
    yesterday = timezone.localdate() - timedelta(days=1)
    day = Day.objects.get()
    Day.objects.create(day=yesterday, salt=day.salt, views=day.views, visitors=day.visitors)
    DayVisitor.objects.update(day=yesterday)
    counting.flush()
    past = Day.objects.get(day=yesterday)
    assert (past.salt, past.views, past.visitors) == ("", 1, 1)
    assert not DayVisitor.objects.exists()


def test_no_address_is_kept_with_a_view(api):
    make_item(slug="boat")
    api.post("/api/v1/gallery/boat/view", headers={"User-Agent": BROWSER}, REMOTE_ADDR="203.0.113.7")
    assert "203.0.113.7" not in str(list(Tally.objects.values()))


def test_a_like_is_given_and_taken_back(api):
    item = make_item(slug="boat")
    assert api.post("/api/v1/gallery/boat/like").json() == {"liked": True, "like_count": 1}
    assert api.post("/api/v1/gallery/boat/like").json() == {"liked": False, "like_count": 0}
    assert api.post("/api/v1/gallery/boat/like").json() == {"liked": True, "like_count": 1}
    counting.flush()
    assert stats(item).like_count == 1


def test_likes_of_different_visitors_add_up(api):
    make_item(slug="boat")
    for number in range(1, 4):
        api.cookies.clear()
        assert api.post("/api/v1/gallery/boat/like").json()["like_count"] == number
        counting.flush()


def test_only_the_like_sets_a_cookie_and_only_for_the_gallery(api):
    make_item(slug="boat")
    cookie = api.post("/api/v1/gallery/boat/like").cookies["gallery_visitor"]
    assert cookie["path"] == "/api/v1/gallery/"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not api.post("/api/v1/gallery/boat/like").cookies
    assert cookie.value not in str(list(Like.objects.values()))
    assert not api.post("/api/v1/gallery/boat/view").cookies
    assert not api.get("/api/v1/gallery/boat").cookies


@pytest.mark.parametrize("forged", ["", "x" * 500])
def test_a_forged_cookie_is_replaced(api, forged):
    make_item(slug="boat")
    api.cookies["gallery_visitor"] = forged
    assert "gallery_visitor" in api.post("/api/v1/gallery/boat/like").cookies


def test_the_most_liked_are_the_most_popular_then_the_most_seen(api):
    popularity = counting.popularity
    assert popularity(views=0, likes=1) > popularity(views=10**9, likes=0)
    assert popularity(views=5, likes=1) > popularity(views=0, likes=1)
    assert popularity(views=1000, likes=0) == popularity(views=1001, likes=0)  # the index rests
    liked, seen, new = make_item(title="liked"), make_item(title="seen"), make_item(title="new")
    counting.like(liked.pk, visitor="somebody")
    view(seen)
    counting.flush()
    found = api.get("/api/v1/gallery?sort=popular").json()["results"]
    assert [each["title"] for each in found] == [each.title for each in (liked, seen, new)]


@pytest.mark.parametrize("verb", ["like", "view", "report"])
def test_only_shown_works_are_counted(api, verb):
    make_item(slug="hidden", is_public=False)
    body = {"reason": "other"} if verb == "report" else None
    assert api.post(f"/api/v1/gallery/hidden/{verb}", body, format="json").status_code == 404


def test_a_report_reaches_the_moderators_and_changes_nothing(api):
    item = make_item(slug="boat")
    body = {"reason": "likeness", "text": "That is me."}
    answer = api.post("/api/v1/gallery/boat/report", body, format="json")
    assert answer.status_code == 201
    assert answer.json() == body | {"created_at": answer.json()["created_at"]}
    report = Report.objects.get()
    assert (report.item, report.reason, report.text) == (item, "likeness", "That is me.")
    item.refresh_from_db()
    assert item.is_shown


@pytest.mark.parametrize(
    "body", [{}, {"reason": "ugly"}, {"reason": "other", "text": 5}, {"reason": "other", "mail": "a"}]
)
def test_a_report_needs_a_known_reason(api, body):
    make_item(slug="boat")
    assert api.post("/api/v1/gallery/boat/report", body, format="json").status_code == 400


@pytest.mark.parametrize("view", [visits.ReportView, visits.LikeView, visits.ViewView])
def test_one_address_cannot_go_on_for_ever(api, monkeypatch, view):
    make_item(slug="boat")
    monkeypatch.setattr(view, "rate_policy", replace(view.rate_policy, limit=2, seconds=86_400))
    verb = view.__name__.removesuffix("View").lower()
    answers = [api.post(f"/api/v1/gallery/boat/{verb}", {"reason": "other"}, format="json") for _ in range(3)]
    assert [answer.status_code == 429 for answer in answers] == [False, False, True]
    assert answers[2]["Retry-After"]


def test_a_closed_gallery_counts_nothing(api, settings):
    make_item(slug="boat")
    settings.ENABLE = settings.ENABLE | {"gallery": False}
    assert api.post("/api/v1/gallery/boat/like").status_code == 404
