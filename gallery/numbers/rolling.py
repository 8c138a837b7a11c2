"""Counting a day: everything is read first, then the day's rows are replaced in one short transaction.

Today is counted again and again; a day that is over ends a little later, and comes back when it is marked.
"""

import time
from collections.abc import Callable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from gallery.models import LogMark, ModelNumbers, Numbers
from gallery.numbers import days, desk_facts, logs, months, seen_works, storage_facts, task_facts
from smartspec.lib.due import LEASE, kept

REST = timedelta(minutes=1)  # of a day that goes on, before it is counted anew
RESTS = 20  # times as long as counting took, at least: a worker has other things to do
STORAGE_EVERY = timedelta(hours=1)


def ignore(numbers: Numbers) -> None:
    """For whoever does not want to be told of every day."""


def count(numbers: Numbers) -> bool:
    """Count a claimed day; False when it was marked again meanwhile, and nothing was written."""
    with kept(numbers, lease=LEASE):
        return count_now(numbers)


def count_now(numbers: Numbers) -> bool:
    begun = time.monotonic()
    rows = task_facts.rows(numbers)
    changes = desk_facts.of_day(numbers) | storage_of(numbers) | {"counted_at": timezone.now()}
    seen_works.forget_the_least_seen(numbers.day)
    with transaction.atomic():
        if not written(numbers, changes, took=time.monotonic() - begun):
            return False
        ModelNumbers.objects.filter(day=numbers.day).delete()
        ModelNumbers.objects.bulk_create(rows)
        months.mark(numbers.day)
    return True


def written(numbers: Numbers, changes: dict, *, took: float) -> bool:
    if logs.is_open(numbers.day):
        return numbers.put_back(delay=max(REST, timedelta(seconds=RESTS * took)), tries=0, **changes)
    return numbers.finish(**changes)


def storage_of(numbers: Numbers) -> dict[str, object]:
    """Only today's can be known, and is looked at once an hour."""
    now = timezone.now()
    is_fresh = numbers.stored_at is not None and numbers.stored_at > now - STORAGE_EVERY
    if is_fresh or numbers.day != timezone.localdate():
        return {}
    return {"stored": storage_facts.stored(), "stored_at": now}


def catch_up(*, told: Callable[[Numbers], None] = ignore) -> int:
    """Look through the logs and count every day that is due now; returns how many days there were."""
    logs.begin()
    for log in logs.LOGS:
        while logs.look_through(log):
            pass
    counted = 0
    while numbers := Numbers.objects.claim(lease=LEASE):
        if count(numbers):
            counted += 1
            told(numbers)
    months.catch_up()
    return counted


def rebuild(*, since: date | None = None, told: Callable[[Numbers], None] = ignore) -> int:
    """Read the logs again and count every day (from `since` on) anew; returns how many days there were.

    What no other row tells stays: storage as it was looked at, searches, shares, and works seen by day.
    """
    logs.begin()
    for log in logs.LOGS:
        turn_back(log, since)
        while logs.look_through(log):
            pass
    first = since or Numbers.objects.aggregate(first=Min("day"))["first"]
    logs.mark(days.from_to(first, timezone.localdate()))
    counted = 0
    for numbers in Numbers.objects.filter(day__gte=first).order_by("day"):
        claimed = Numbers.objects.claim(lease=LEASE, pk=numbers.pk)
        if claimed is not None and count(claimed):
            counted += 1
            told(claimed)
    months.catch_up()
    return counted


def turn_back(log: str, since: date | None) -> None:
    """Have the log read from its beginning, or from the first row of the days in question."""
    mark = LogMark.objects.filter(pk=log)
    if since is None:
        mark.update(read_to=0)
        return
    first = Numbers.objects.filter(day__gte=since).aggregate(first=Min(f"first_{log}"))["first"]
    if first is not None:
        mark.filter(read_to__gte=first).update(read_to=first - 1)
