"""Everything that a page of numbers is made of, read from the rollups by a few queries for any period."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet, Sum

from gallery.models import Day, DayCount, Item, ItemNumbers, ModelNumbers, Numbers
from gallery.numbers import histogram
from gallery.numbers.period import Period

What = DayCount.What
TOP = 10


class ModelDay(NamedTuple):
    """A row of ModelNumbers; see there."""

    day: date
    model_id: str
    ordered: int
    remixes: int
    completed: int
    remixes_completed: int
    failed: int
    cancelled: int
    sold: Decimal
    cost: Decimal
    wasted: Decimal
    refunds: int
    refunded: Decimal
    causes: dict[str, int]
    took: dict[str, int]
    waited: dict[str, int]

    @property
    def margin(self) -> Decimal:
        return self.sold - self.cost - self.refunded

    @property
    def ended(self) -> int:
        return self.completed + self.failed + self.cancelled


class HouseDay(NamedTuple):
    """A row of Numbers; see there."""

    day: date
    submitted: int
    settled: int
    approved: int
    rejected: int
    decided_after: dict[str, int]
    stored: dict[str, list[int]]


class Visits(NamedTuple):
    day: date
    views: int
    robot_views: int
    visitors: int


class Deed(NamedTuple):
    day: date
    what: str
    count: int


class Seen(NamedTuple):
    slug: str
    title: str
    media_type: str
    views: int
    likes: int


@dataclass(frozen=True)
class Book:
    """The rows of one period. `backlog` is how many works waited at its end."""

    period: Period
    models: list[ModelDay]
    house: list[HouseDay]
    visits: list[Visits]
    deeds: list[Deed]
    backlog: int
    words: dict[str, list[tuple[str, int]]] = field(default_factory=dict)  # deed: (word, how often)
    top: list[Seen] = field(default_factory=list)
    merged: dict[str, Counter[int]] = field(
        default_factory=dict
    )  # histograms of the whole period, once asked for

    def total(self, name: str) -> Any:
        return sum(
            getattr(row, name) for row in [*self.models, *self.house, *self.visits] if hasattr(row, name)
        )

    def by_day(self, name: str) -> Counter:
        """{day: sum}; a day without rows is 0."""
        found: Counter = Counter()
        for row in [*self.models, *self.house, *self.visits]:
            if hasattr(row, name):
                found[row.day] += getattr(row, name)
        return found

    def done(self, what: str) -> Counter:
        """{day: how often}"""
        return Counter({deed.day: deed.count for deed in self.deeds if deed.what == what})

    @property
    def snapshots(self) -> list[dict[str, list[int]]]:
        """What lay in storage on the days on which somebody looked."""
        return [row.stored for row in self.house if row.stored]

    def success(self, rows: list[ModelDay] | None = None) -> float | None:
        """Of what was completed or failed; who cancels has not failed."""
        rows = self.models if rows is None else rows
        good, bad = sum(row.completed for row in rows), sum(row.failed for row in rows)
        return good / (good + bad) if good + bad else None

    def quantile(self, name: str, share: float) -> float | None:
        """In ms, of all the period's durations of that name."""
        if name not in self.merged:
            rows = self.house if name == "decided_after" else self.models
            self.merged[name] = histogram.merged(getattr(row, name) for row in rows)
        return histogram.quantile(self.merged[name], share)


def read(period: Period) -> tuple[Book, Book]:
    """The period and the one before it."""
    before = period.before
    whole = Period(before.first, period.last)
    house = rows(Numbers.objects.filter(day__gte=before.first), HouseDay)
    models = rows(within(ModelNumbers.objects, whole).order_by("model_id"), ModelDay)
    visits = rows(within(Day.objects, whole), Visits)
    deeds = rows(sums(within(DayCount.objects, whole), "day", "what"), Deed)
    waiting = Item.objects.pending().count()

    def book(of: Period, **more: Any) -> Book:
        later = [row for row in house if row.day > of.last]
        backlog = waiting - sum(row.submitted - row.settled for row in later)
        parts = [
            [row for row in found if of.first <= row.day <= of.last]
            for found in (models, house, visits, deeds)
        ]
        return Book(of, *parts, backlog=backlog, **more)

    return book(period, words=words(period), top=top(period)), book(before)


def within(found: Any, period: Period) -> QuerySet:
    return found.filter(day__gte=period.first, day__lte=period.last)


def rows(found: QuerySet, row: Callable) -> list:
    return [row(*values) for values in found.order_by("day", *found.query.order_by).values_list(*row._fields)]


def sums(found: QuerySet, *names: str) -> QuerySet:
    return found.order_by().values(*names).annotate(count=Sum("count", default=0))


def words(period: Period) -> dict[str, list[tuple[str, int]]]:
    """The commonest words of every deed."""
    counted = within(DayCount.objects, period)
    few = sums(counted.filter(what__in=[What.SHARE, What.REMIX]), "what", "words").order_by("-count", "words")
    missed = sums(counted.filter(what=What.MISSED), "what", "words").order_by("-count", "words")[:TOP]
    found: dict[str, list[tuple[str, int]]] = {}
    for what, said, count in [
        *few.values_list("what", "words", "count"),
        *missed.values_list("what", "words", "count"),
    ]:
        found.setdefault(what, []).append((said, count))
    return found


def top(period: Period) -> list[Seen]:
    """The works seen most, whatever has become of them."""
    seen = within(ItemNumbers.objects, period).order_by().values("item")
    most = seen.annotate(all_views=Sum("views"), all_likes=Sum("likes")).order_by(
        "-all_views", "-all_likes", "item"
    )
    columns = ("item__slug", "item__title", "item__media_type", "all_views", "all_likes")
    return [Seen(*row) for row in most.values_list(*columns)[:TOP]]
