"""Long periods: months that were added up say what their days say, and charts go by weeks."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.utils import timezone

from gallery.models import ModelNumbers, MonthNumbers
from gallery.numbers import book, jobs, months, page, rolling
from gallery.numbers.period import Period
from gallery.tests import busy_months
from gallery.tests.histories import House, clock
from gallery.tests.test_numbers_histories import (
    assert_same_bucket,
    durations,
    ended_within,
    rank,
    work,
)

pytestmark = pytest.mark.django_db
LAST = date(2026, 6, 20)
YEAR = Period(date(2025, 6, 21), LAST)
HALF = Period(date(2026, 1, 10), LAST)


@pytest.fixture
def now():
    with clock() as moving:
        moving.now = timezone.make_aware(timezone.datetime(2026, 6, 20, 15))
        yield moving


@pytest.fixture
def a_busy_year(now, monkeypatch):
    monkeypatch.setattr(busy_months, "MODELS", busy_months.MODELS[:2])
    busy_months.fill(days=400, works=1, last=LAST)


def add_up_all():
    for day in ModelNumbers.objects.values_list("day", flat=True).distinct():
        months.mark(day)
    months.catch_up()


def told(period):
    made = page.made(period)
    return made.tiles, [
        [cell.text for row in chart.rows for cell in row] for s in made.sections for chart in s.charts
    ]


@pytest.mark.parametrize("period", [YEAR, HALF, Period(date(2026, 5, 1), date(2026, 5, 31))])
def test_a_period_read_by_months_says_the_same_as_read_by_days(a_busy_year, period):
    by_days = told(period)
    assert not MonthNumbers.objects.exists()
    add_up_all()
    assert MonthNumbers.objects.filter(due_at=None).count() == 13
    assert told(period) == by_days


def test_a_year_reads_the_days_of_no_month_that_was_added_up(a_busy_year):
    add_up_all()
    ModelNumbers.objects.filter(day__month=3).update(took={"1": 999_999})
    now, _before = book.read(YEAR)
    assert 999_999 not in {count for its in now.spread.took.values() for count in its.values()}


def test_random_lives_over_the_end_of_a_month_are_added_up_exactly():
    with clock() as moving:
        moving.now = timezone.make_aware(timezone.datetime(2026, 3, 28, 9))
        house = House(moving, 1)
        for _step in range(110):
            house.step()
            if house.chance.random() < 0.2:
                work()
        moving.go(timedelta(days=40))
        work()
        assert MonthNumbers.objects.filter(due_at=None, month=date(2026, 3, 1)).exists()
        whole = Period(date(2026, 3, 1), date(2026, 4, 30))
        now, _before = book.read(whole)
        ModelNumbers.objects.update(took={}, waited={}, causes={})  # the months alone know by now
        from_months, _before = book.read(whole)
        for name in ("took", "waited"):
            values = durations(ended_within(whole.first, whole.last), name)
            for share in (0.5, 0.95):
                assert_same_bucket(from_months.quantile(name, share), rank(values, share))
        assert from_months.spread.causes == now.spread.causes


def test_a_day_that_is_counted_again_is_read_anew_at_once(a_busy_year):
    add_up_all()
    day = date(2026, 3, 5)
    ModelNumbers.objects.filter(day=day).update(took={"7": 1}, causes={"internal": 5})
    months.mark(day)
    now, _before = book.read(HALF)
    assert now.spread.causes["internal"] == 5 * 2
    months.catch_up()
    now, _before = book.read(HALF)
    assert now.spread.causes["internal"] == 5 * 2


def test_counting_a_day_of_a_past_month_marks_it_and_a_worker_adds_it_up(now):
    work()
    now.go(timedelta(days=31))
    work()
    month = MonthNumbers.objects.get()
    assert (month.month, month.due_at) == (date(2026, 6, 1), None)


def test_the_month_that_goes_on_is_not_added_up(now):
    months.mark(LAST)
    assert not MonthNumbers.objects.exists()


def test_a_month_that_changes_while_it_is_added_up_is_added_up_again(a_busy_year):
    day = date(2026, 3, 5)
    months.mark(day)
    claimed = MonthNumbers.objects.claim(lease=months.LEASE)
    months.mark(day)
    assert months.add_up(claimed) is False
    assert MonthNumbers.objects.get().due_at is not None
    assert months.catch_up() == 1


def test_a_month_that_cannot_be_added_up_is_tried_again_later(a_busy_year, caplog):
    months.mark(date(2026, 3, 5))
    ModelNumbers.objects.filter(day=date(2026, 3, 6)).update(took=[])
    assert jobs.add_up() is True
    assert "were not added up" in caplog.text
    assert MonthNumbers.objects.get().due_at > timezone.now()


def test_a_rebuild_adds_up_its_months(now):
    work()
    now.go(timedelta(days=31))
    work()
    MonthNumbers.objects.all().delete()
    rolling.rebuild()
    assert MonthNumbers.objects.get().due_at is None


@pytest.mark.parametrize(
    ("first", "last", "inside", "left"),
    [
        ((2026, 1, 1), (2026, 2, 28), [1, 2], []),
        ((2026, 1, 2), (2026, 3, 30), [2], [((1, 2), (1, 31)), ((3, 1), (3, 30))]),
        ((2026, 1, 5), (2026, 1, 9), [], [((1, 5), (1, 9))]),
        ((2026, 1, 1), (2026, 2, 1), [1], [((2, 1), (2, 1))]),
    ],
)
def test_a_period_is_its_whole_months_and_the_days_between(first, last, inside, left):
    period = Period(date(*first), date(*last))
    found = list(months.months_in(period))
    assert [month.month for month in found] == inside
    gaps = [(gap.first, gap.last) for gap in months.between(period, found)]
    assert gaps == [(date(2026, *since), date(2026, *until)) for since, until in left]


class TestWeeks:
    """Longer than three months a chart has a point for each week from the first day on."""

    @pytest.mark.parametrize(
        ("length", "points", "step"), [(7, 7, 1), (92, 92, 1), (93, 14, 7), (366, 53, 7)]
    )
    def test_points_of_a_period(self, length, points, step):
        period = Period(LAST - timedelta(days=length - 1), LAST)
        assert (len(period.points), period.step) == (points, step)
        assert period.points[0] == period.first
        assert len(period.before.points) == points

    def test_every_week_is_the_sum_of_its_days(self, a_busy_year):
        days = Counter()
        for day, sold in ModelNumbers.objects.values_list("day", "sold"):
            if YEAR.has(day):
                days[(day - YEAR.first).days // 7] += sold
        sheet = page.sheet("sales", YEAR)
        assert str(sheet.columns[0].title) == "Week from"
        assert sheet.values("sold") == [days[week] for week in range(53)]

    def test_the_figures_at_the_top_are_those_of_the_asked_days(self, a_busy_year):
        now, _before = book.read(YEAR)
        exact = sum(
            row.ordered for row in ModelNumbers.objects.filter(day__gte=YEAR.first, day__lte=YEAR.last)
        )
        assert now.total("ordered") == exact == sum(page.sheet("models", YEAR).values("ordered"))
