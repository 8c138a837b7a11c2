"""Histograms of whole months: a year is read from a dozen rows instead of some thousand.

Whoever counts a day of a month that is over marks the month in the same transaction; a job adds it up again.
Until then its days are read one by one, so that no figure is ever older than its days.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Q
from django.utils import timezone

from gallery.models import ModelNumbers, MonthNumbers
from gallery.numbers import days
from gallery.numbers.period import Period
from smartspec.lib.due import LEASE, kept

Buckets = dict[str, int]


def sums() -> dict[str, Buckets]:
    return defaultdict(dict)


@dataclass
class Spread:
    """How long things took, and why they failed, in one period."""

    took: dict[str, Buckets] = field(default_factory=sums)  # by model
    failed: dict[str, Buckets] = field(default_factory=sums)  # by model: {error code: tasks}
    waited: dict[date, Buckets] = field(default_factory=sums)  # by day

    @property
    def causes(self) -> Counter[str]:
        return sum(map(Counter, self.failed.values()), Counter())

    def add_day(self, day: date, model_id: str, took: Buckets, waited: Buckets, causes: Buckets) -> None:
        put(self.took[model_id], took)
        put(self.failed[model_id], causes)
        put(self.waited[day], waited)

    def add_month(self, by_model: Mapping[str, Mapping[str, Buckets]], waited: Mapping[str, Buckets]) -> None:
        for model_id, its in by_model.items():
            put(self.took[model_id], its["took"])
            put(self.failed[model_id], its["causes"])
        for day, buckets in waited.items():
            put(self.waited[date.fromisoformat(day)], buckets)


def put(total: Buckets, more: Mapping[str, int]) -> None:
    for place, count in more.items():
        total[place] = total.get(place, 0) + count


def mark(day: date) -> None:
    """Part of the transaction that changes the day's rows."""
    month = days.month_of(day)
    if month >= days.month_of(timezone.localdate()):  # it goes on, and is read by its days
        return
    now = timezone.now()
    MonthNumbers.objects.bulk_create([MonthNumbers(month=month, due_at=now)], ignore_conflicts=True)
    MonthNumbers.objects.filter(pk=month).update(due_at=now, lease_until=None, fence=F("fence") + 1)


def add_up(claimed: MonthNumbers) -> bool:
    """False when one of its days was counted meanwhile, and nothing was written."""
    with kept(claimed, lease=LEASE):
        spread = spread_of(claimed.month)
    by_model = {
        model_id: {"took": took, "causes": spread.failed[model_id]} for model_id, took in spread.took.items()
    }
    waited = {day.isoformat(): buckets for day, buckets in spread.waited.items()}
    return claimed.finish(by_model=by_model, waited=waited)


def spread_of(month: date) -> Spread:
    spread = Spread()
    for row in rows_of([whole(month)]):
        spread.add_day(*row)
    return spread


def catch_up() -> int:
    """Add up every month that is due; returns how many there were."""
    added = 0
    while claimed := MonthNumbers.objects.claim(lease=LEASE):
        added += add_up(claimed)
    return added


def read(periods: Sequence[Period]) -> list[Spread]:
    """One for each of the periods, which do not overlap, by two queries for all of them."""
    spreads = [Spread() for _period in periods]
    inside = {month: place for place, period in enumerate(periods) for month in months_in(period)}
    ready = MonthNumbers.objects.filter(month__in=inside, due_at=None)
    known = list(ready.values_list("month", "by_model", "waited"))
    for month, by_model, waited in known:
        spreads[inside[month]].add_month(by_model, waited)
    months = [month for month, *_rest in known]
    gaps = [gap for period in periods for gap in between(period, months)]
    for row in rows_of(gaps):
        spreads[next(n for n, period in enumerate(periods) if period.has(row[0]))].add_day(*row)
    return spreads


def rows_of(periods: Sequence[Period]) -> Iterator[tuple]:
    """(day, model, took, waited, causes) of every day of these periods."""
    if not periods:
        return iter(())
    wanted = Q(*[Q(day__gte=each.first, day__lte=each.last) for each in periods], _connector=Q.OR)
    return (
        ModelNumbers.objects.filter(wanted)
        .values_list("day", "model_id", "took", "waited", "causes")
        .iterator(chunk_size=2000)
    )


def whole(month: date) -> Period:
    return Period(month, days.end_of_month(month))


def months_in(period: Period) -> Iterator[date]:
    """The first day of every month of which all days are in the period."""
    month = days.month_of(period.first)
    while month <= period.last:
        if period.first <= month and days.end_of_month(month) <= period.last:
            yield month
        month = days.end_of_month(month) + days.ONE


def between(period: Period, months: Sequence[date]) -> Iterator[Period]:
    """What is left of the period without these months."""
    start = period.first
    for month in sorted(month for month in months if period.has(month)):
        if start < month:
            yield Period(start, month - days.ONE)
        start = days.end_of_month(month) + days.ONE
    if start <= period.last:
        yield Period(start, period.last)
