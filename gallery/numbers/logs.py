"""Which days the two logs touch: what happened to tasks, and what was decided about works.

Neither log has an index by time, but its primary keys grow with it. New rows are looked through once: each
widens the stretch that its day's rows lie in. Rows may appear out of order, so the newest ones are looked at
again until they are older than any transaction.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from gallery.models import Decision, LogMark, Numbers
from gallery.numbers import days
from generation.models import TaskEvent

SETTLES = timedelta(minutes=10)  # no transaction is open for longer
AT_ONCE = 50_000  # rows of a log
LOGS = {"event": TaskEvent, "decision": Decision}
LATE = "failed/done"  # the only final state that a task may leave


def is_open(day: date) -> bool:
    """Whether the day goes on, or has only just ended: it is due again and again without being marked."""
    return timezone.now() < days.end_of(day) + SETTLES


def begin() -> None:
    """Have both logs looked at, and today counted."""
    if LogMark.objects.count() < len(LOGS):
        now = timezone.now()
        LogMark.objects.bulk_create((LogMark(log=log, due_at=now) for log in LOGS), ignore_conflicts=True)
    ensure([timezone.localdate()])


def ensure(wanted: Iterable[date]) -> None:
    """Rows for these days; new ones are due at once."""
    wanted = set(wanted)
    missing = wanted - set(Numbers.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    if missing:
        now = timezone.now()
        Numbers.objects.bulk_create((Numbers(day=day, due_at=now) for day in missing), ignore_conflicts=True)


def mark(changed: Iterable[date]) -> None:
    """Have these days counted again. Whoever is counting one now will find that it did so in vain."""
    for day in sorted(changed):  # in one order, so that nobody waits in a circle
        ensure([day])
        Numbers.objects.filter(pk=day).update(due_at=timezone.now(), lease_until=None, fence=F("fence") + 1)


def look_through(log: str) -> int:
    """Look at the rows behind the mark; returns how far it was moved."""
    rows = LOGS[log].objects.order_by()
    read_to = LogMark.objects.get(pk=log).read_to
    stretch = rows.filter(pk__gt=read_to, pk__lte=read_to + AT_ONCE)
    unsettled = Min("pk", filter=Q(at__gte=timezone.now() - SETTLES))
    found = stretch.aggregate(rows=Count("pk"), last=Max("pk"), unsettled=unsettled)
    if found["rows"]:
        for day, first, last in days_of(stretch):
            widen(day, log, first, last)
        if log == "event":
            mark_what_late_results_change(stretch)
        reached = found["last"] if found["unsettled"] is None else found["unsettled"] - 1
    else:  # a gap may be wide where rows were deleted
        following = rows.filter(pk__gt=read_to).aggregate(first=Min("pk"))["first"]
        reached = read_to if following is None else following - 1
    LogMark.objects.filter(pk=log, read_to=read_to).update(read_to=reached)
    return reached - read_to


def days_of(stretch: QuerySet) -> list[tuple[date, int, int]]:
    """(day, its first row, its last row)"""
    by_day = stretch.annotate(day=TruncDate("at")).values("day")
    return list(by_day.annotate(first=Min("pk"), last=Max("pk")).values_list("day", "first", "last"))


def widen(day: date, log: str, first: int, last: int) -> None:
    """Let the day's stretch hold these rows; a day that is over and grows is counted again."""
    ensure([day])
    row, since, until = Numbers.objects.filter(pk=day), f"first_{log}", f"last_{log}"
    earlier = row.filter(Q(**{since: None}) | Q(**{f"{since}__gt": first})).update(**{since: first})
    later = row.filter(Q(**{until: None}) | Q(**{f"{until}__lt": last})).update(**{until: last})
    if (earlier or later) and not is_open(day):
        mark([day])


def mark_what_late_results_change(stretch: QuerySet) -> None:
    """A task that was failed and is completed after all no longer counts on the day of its failure."""
    tasks = list(stretch.filter(old=LATE).values_list("task", flat=True))
    for start in range(0, len(tasks), 500):
        failures = TaskEvent.objects.filter(task__in=tasks[start : start + 500], new=LATE).order_by()
        touched = failures.annotate(day=TruncDate("at")).values_list("day", flat=True).distinct()
        mark(day for day in touched if not is_open(day))
