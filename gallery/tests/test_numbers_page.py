"""The page of numbers: who may read it, what it says, and what it costs."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone, translation

from accounts.models import User
from gallery.models import Item
from gallery.numbers import book, page
from gallery.numbers.period import Period, latest
from gallery.tests import busy_months
from gallery.tests.factories import make_item, make_staff, make_task
from gallery.tests.reading import Page

pytestmark = pytest.mark.django_db
NUMBERS = "/admin/gallery/numbers/"
SLUGS = [
    *("tasks", "success", "models", "queue", "failures", "sales", "margins", "refunds", "views", "likes"),
    *("shares", "searches", "funnel", "works", "desk", "decisions", "storage"),
]


@pytest.fixture
def client(client):
    client.force_login(make_staff())
    return client


@pytest.fixture
def months(db):
    busy_months.fill(days=60)


def member(client, name):
    call_command("migrate", verbosity=0)
    person = make_staff()
    User.objects.filter(pk=person.pk).update(is_superuser=False)
    person.groups.add(Group.objects.get(name=name))
    client.force_login(User.objects.get(pk=person.pk))


@pytest.mark.parametrize(("name", "answer"), [("Moderator", 403), ("Operator", 200), ("Owner", 200)])
def test_money_is_for_operators_and_owners(client, name, answer):
    member(client, name)
    assert client.get(NUMBERS).status_code == answer
    assert client.get(f"{NUMBERS}sales.csv").status_code == answer
    assert (NUMBERS in client.get("/admin/").content.decode()) == (answer == 200)


def test_visitors_are_asked_to_sign_in(client):
    client.logout()
    assert client.get(NUMBERS).status_code == 302
    assert client.get(f"{NUMBERS}sales.csv").status_code == 302


def test_an_empty_house_has_a_page(client):
    shown = Page(client.get(NUMBERS))
    assert len(shown.all("p", "chart__empty")) >= 10
    assert "nothing to compare with" in shown.html


def test_every_chart_is_drawn_named_described_and_written_out(client, months):
    shown = Page(client.get(NUMBERS))
    assert [figure.attrs["id"] for figure in shown.all("figure", "chart")] == SLUGS
    drawings = shown.all("svg", "plot")
    assert len(drawings) == len(SLUGS) == len(shown.all("details"))
    for drawing, slug in zip(drawings, SLUGS, strict=True):
        assert drawing.attrs["role"] == "img"
        assert drawing.attrs["aria-labelledby"] == f"{slug}-title {slug}-desc"
        assert shown.one("title", id=f"{slug}-title").text
        assert shown.one("desc", id=f"{slug}-desc").text
    for table in shown.all("table"):
        assert table.text


def test_nothing_on_the_page_needs_a_style_or_a_script_of_its_own(client, months):
    answer = client.get(NUMBERS)
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy
    html = answer.content.decode()
    assert " style=" not in html
    assert not re.search(r"<script(?! src| id)", html)
    assert not re.search(r" on[a-z]+=", html)


def test_the_page_costs_few_queries_however_long_the_period(client, months, django_assert_max_num_queries):
    client.get(NUMBERS)
    for query in ({"days": 7}, {"days": 90}, {"since": "2026-01-01", "until": "2026-06-30"}):
        with django_assert_max_num_queries(16):
            assert client.get(NUMBERS, query).status_code == 200


def test_periods_are_chosen_or_given(client):
    today = timezone.localdate()
    for query, first, last in (
        ({}, today - timedelta(days=29), today),
        ({"days": 7}, today - timedelta(days=6), today),
        ({"since": "2026-01-05", "until": "2026-01-09"}, date(2026, 1, 5), date(2026, 1, 9)),
        ({"since": today.isoformat()}, today, today),
    ):
        period = client.get(NUMBERS, query).context["page"].period
        assert (period.first, period.last) == (first, last)


def test_the_period_before_has_as_many_days():
    assert Period(date(2026, 3, 1), date(2026, 3, 31)).before == Period(date(2026, 1, 29), date(2026, 2, 28))
    assert latest(7).length == 7


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"since": "2026-02-02", "until": "2026-02-01"}, "The first day comes after the last."),
        ({"since": "2020-01-01", "until": "2026-01-01"}, "A year is the longest period."),
        ({"until": "2026-01-01"}, "Say from which day on."),
        ({"since": "0001-01-01", "until": "0001-01-02"}, "There were no works then."),
        ({"since": "2026-01-01", "until": "9999-12-31"}, "A year is the longest period."),
        ({"since": "soon"}, "Enter a valid date."),
    ],
)
def test_a_period_that_cannot_be_is_said_in_words(client, query, words):
    answer = client.get(NUMBERS, query)
    assert answer.status_code == 200
    assert words in Page(answer).one("p", "period__wrong").text
    assert answer.context["page"].period == latest()


def test_days_to_come_are_no_period(client):
    tomorrow = timezone.localdate() + timedelta(days=1)
    answer = client.get(NUMBERS, {"since": timezone.localdate(), "until": tomorrow})
    assert "still to come" in Page(answer).one("p", "period__wrong").text


def rows_of(client, slug, **query):
    answer = client.get(f"{NUMBERS}{slug}.csv", query)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("slug", SLUGS)
def test_every_chart_has_a_file_with_the_rows_of_its_table(client, months, slug):
    head, *rows = rows_of(client, slug)
    sheet = page.sheet(slug, latest())
    assert len(rows) == len(sheet.rows) > 0
    assert len(head) == len(sheet.columns)
    assert {len(row) for row in rows} == {len(head)}


def test_a_file_has_plain_numbers_and_says_its_days(client, months):
    query = {"since": timezone.localdate() - timedelta(days=2), "until": timezone.localdate()}
    head, *rows = rows_of(client, "sales", **query)
    assert head[:3] == ["Day", "Sold (credits)", "Upstream cost (credits)"]
    assert [row[0] for row in rows] == [str(query["since"] + timedelta(days=n)) for n in range(3)]
    assert all(re.fullmatch(r"-?\d+(\.\d\d)?", cell) for row in rows for cell in row[1:])
    named = client.get(f"{NUMBERS}sales.csv", query)["Content-Disposition"]
    assert named == f'attachment; filename="sales-{query["since"]}-{query["until"]}.csv"'


def test_what_people_typed_is_no_formula(client):
    from_a_visitor = "=1+1"
    busy_months.DayCount.objects.create(
        day=timezone.localdate(), what="missed", words=from_a_visitor, count=3
    )
    assert rows_of(client, "searches")[1] == [f"'{from_a_visitor}", "3"]


def test_what_people_typed_is_text_on_the_page(client):
    typed = "<script>alert(1)</script>"
    busy_months.DayCount.objects.create(day=timezone.localdate(), what="missed", words=typed, count=3)
    assert typed not in client.get(NUMBERS).content.decode()


def test_an_unknown_chart_is_not_found(client):
    assert client.get(f"{NUMBERS}secrets.csv").status_code == 404


def test_figures_at_the_top_are_the_sums_of_their_charts(months):
    period = latest(7)
    now, before = book.read(period)
    sums = {tile.anchor: tile.value for tile in page.made(period).tiles if tile.anchor in ("views", "likes")}
    assert sums == {
        "views": f"{sum(page.sheet('views', period).values('views')):,}",
        "likes": f"{sum(page.sheet('likes', period).values('likes')):,}",
    }
    assert now.total("margin") == now.total("sold") - now.total("cost") - now.total("refunded")
    assert before.period == period.before


def test_the_funnel_narrows_from_looking_to_making(months):
    rows = page.sheet("funnel", latest(7)).rows
    views, pressed, ordered, delivered = (row[1] for row in rows)
    assert rows[0][2] is None
    assert [row[2] for row in rows[1:]] == [pressed / views, ordered / pressed, delivered / ordered]


def test_the_works_seen_most_lead_to_their_pages(client, months):
    shown = Page(client.get(NUMBERS))
    best = page.sheet("works", latest())
    assert best.rows[0][0] == "Lantern boats"
    assert Item.objects.get(title="Lantern boats").slug in best.links[0]
    assert shown.one("a", href=best.links[0]).text == "Lantern boats"


def test_what_is_late_or_stuck_at_this_moment_is_told(client):
    hour = timedelta(hours=1)
    now = timezone.now()
    make_task(done=False, created_at=now, due_at=now + hour)
    late = make_task(done=False, due_at=now - hour)
    type(late).objects.filter(pk=late.pk).update(deadline_at=now - hour, created_at=now - 2 * hour)
    make_item(shown=False)
    facts = {str(fact.title): (fact.value, fact.is_trouble) for fact in page.made(latest()).facts}
    assert facts["Tasks under way"] == ("2", False)
    assert facts["Oldest in the queue"] == ("2.0 h", False)
    assert facts["Late"] == ("1", True)
    assert facts["Stuck"] == ("1", True)
    assert Page(client.get(NUMBERS)).all("div", "facts-now__one--trouble")


def test_the_page_speaks_thai(client, months):
    html = client.get(NUMBERS, headers={"Accept-Language": "th"}).content.decode()
    with translation.override("th"):
        assert translation.gettext("Credits sold and their cost") in html
    assert "Credits sold and their cost" not in html
