"""Everything that a page of numbers is made of, read from the rollups by a few queries for any period."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet, Sum

from gallery.models import Day, DayCount, Item, ItemNumbers, ModelNumbers, Numbers
from gallery.numbers import histogram, months
from gallery.numbers.months import Spread
from gallery.numbers.period import Period

What = DayCount.What
TOP = 10
CENT = Decimal("0.01")


class Tasks(NamedTuple):
    """Sums of ModelNumbers, see there; `key` is the point of time or the model that they are of."""

    key: Any
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

    @property
    def day(self) -> date:
        return self.key

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
    """The rows of one period, each under the point of time that it is drawn at. `backlog` is how many works
    waited at its end.
    """

    period: Period
    tasks: list[Tasks]  # by point
    house: list[HouseDay]
    visits: list[Visits]
    deeds: list[Deed]
    backlog: int
    spread: Spread
    models: list[Tasks] = field(default_factory=list)  # by model
    words: dict[str, list[tuple[str, int]]] = field(default_factory=dict)  # deed: (word, how often)
    top: list[Seen] = field(default_factory=list)
    merged: dict[str, Counter[int]] = field(
        default_factory=dict
    )  # histograms of the whole period, once asked for

    def total(self, name: str) -> Any:
        return sum(
            getattr(row, name) for row in [*self.tasks, *self.house, *self.visits] if hasattr(row, name)
        )

    def by_day(self, name: str) -> Counter:
        """{point: sum}; one without rows is 0."""
        found: Counter = Counter()
        for row in [*self.tasks, *self.house, *self.visits]:
            if hasattr(row, name):
                found[row.day] += getattr(row, name)
        return found

    def done(self, what: str) -> Counter:
        """{point: how often}"""
        found: Counter = Counter()
        for deed in self.deeds:
            if deed.what == what:
                found[deed.day] += deed.count
        return found

    @property
    def snapshots(self) -> list[dict[str, list[int]]]:
        """What lay in storage on the days on which somebody looked."""
        return [row.stored for row in self.house if row.stored]

    def success(self, rows: Iterable[Tasks] | None = None) -> float | None:
        """Of what was completed or failed; who cancels has not failed."""
        rows = self.tasks if rows is None else list(rows)
        good, bad = sum(row.completed for row in rows), sum(row.failed for row in rows)
        return good / (good + bad) if good + bad else None

    @property
    def waited(self) -> dict[date, Counter[int]]:
        """{point: histogram}"""
        return by_point(self.period, self.spread.waited.items())

    @property
    def decided_after(self) -> dict[date, Counter[int]]:
        return by_point(self.period, ((row.day, row.decided_after) for row in self.house))

    def quantile(self, name: str, share: float) -> float | None:
        """In ms, of all the period's durations of that name."""
        if name not in self.merged:
            self.merged[name] = histogram.merged(self.durations(name))
        return histogram.quantile(self.merged[name], share)

    def durations(self, name: str) -> Iterable[dict[str, int]]:
        if name == "decided_after":
            return [row.decided_after for row in self.house]
        return getattr(self.spread, name).values()


def read(period: Period) -> tuple[Book, Book]:
    """The period and the one before it."""
    before = period.before
    whole = Period(before.first, period.last)
    house = rows(Numbers.objects.filter(day__gte=before.first), HouseDay)
    tasks = summed(whole, "day")
    visits = rows(within(Day.objects, whole), Visits)
    deeds = rows(sums(within(DayCount.objects, whole), "day", "what"), Deed)
    waiting = Item.objects.pending().count()
    now_spread, then_spread = months.read([period, before])

    def book(of: Period, spread: Spread, **more: Any) -> Book:
        later = [row for row in house if row.day > of.last]
        backlog = waiting - sum(row.submitted - row.settled for row in later)
        parts = [pointed(of, found) for found in (tasks, house, visits, deeds)]
        return Book(of, *parts, backlog=backlog, spread=spread, **more)

    more = {"models": summed(period, "model_id"), "words": words(period), "top": top(period)}
    return book(period, now_spread, **more), book(before, then_spread)


def pointed(of: Period, found: list) -> list:
    """The rows of the period, each with the point of time that it is drawn at in the place of its day."""
    its = [row for row in found if of.has(row.day)]
    return its if of.step == 1 else [type(row)(of.point_of(row.day), *row[1:]) for row in its]


def by_point(of: Period, histograms: Iterable[tuple[date, dict[str, int]]]) -> dict[date, Counter[int]]:
    found: dict[date, list] = {}
    for day, its in histograms:
        found.setdefault(of.point_of(day), []).append(its)
    return {point: histogram.merged(its) for point, its in found.items()}


def summed(period: Period, key: str) -> list[Tasks]:
    """Sums of all models' rows by day, or of all days' rows by model."""
    names = Tasks._fields[1:]
    found = within(ModelNumbers.objects, period).order_by(key).values(key)
    totals = found.annotate(**{f"all_{name}": Sum(name) for name in names})
    read = totals.values_list(key, *[f"all_{name}" for name in names])
    return [Tasks(*[whole_cents(value) for value in row]) for row in read]


def whole_cents(value: Any) -> Any:
    """SQLite adds up decimals as floating point numbers."""
    return value.quantize(CENT) if isinstance(value, Decimal) else value


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
    found = list(most.values_list("item", "all_views", "all_likes")[:TOP])
    columns = ("slug", "title", "media_type")  # asked of ten works, not of all that were seen
    works = {
        pk: facts
        for pk, *facts in Item.objects.filter(pk__in=[r[0] for r in found]).values_list("pk", *columns)
    }
    return [Seen(*works[pk], *sums) for pk, *sums in found]
