"""Tasks: how many, how well, how fast, and what went wrong."""

from django.utils.translation import gettext_lazy as _

from gallery.numbers import histogram
from gallery.numbers.book import Book
from gallery.numbers.sheets.sheet import (
    Bars,
    Column,
    Days,
    Sheet,
    Spans,
    a_period_later,
    day_of,
    grouped,
    name_of,
    per_day,
    quantiles,
)


def tasks(book: Book, before: Book) -> Sheet:
    names = ("completed", "failed", "cancelled", "ordered")
    series = [book.by_day(name) for name in names]
    return Sheet(
        "tasks",
        _("Tasks"),
        _("Tasks on the day they ended, by how they ended. Ordered ones count on the day they came."),
        (
            day_of(book),
            Column("completed", _("Completed")),
            Column("failed", _("Failed")),
            Column("cancelled", _("Cancelled")),
            Column("ordered", _("Ordered")),
            Column("before", _("Ended, period before")),
        ),
        per_day(book, *series, a_period_later(book, before.by_day("ended"))),
        Days(stack=("completed", "failed", "cancelled"), before="before"),
    )


def success(book: Book, before: Book) -> Sheet:
    def rates(of: Book) -> dict:
        return {point: of.success(rows) for point, rows in grouped(of.tasks, "key").items()}

    return Sheet(
        "success",
        _("Success rate"),
        _("Completed tasks among those that were completed or failed. Cancelled ones do not count."),
        (
            day_of(book),
            Column("success", _("Success rate"), "share"),
            Column("before", _("Period before"), "share"),
        ),
        per_day(book, rates(book), a_period_later(book, rates(before))),
        Days(lines=("success",), before="before"),
    )


def models(book: Book, before: Book) -> Sheet:
    rows = []
    for its in book.models:
        took = histogram.merged([book.spread.took.get(its.key, {})])
        times = [histogram.quantile(took, share) for share in (0.5, 0.95)]
        sums = (its.ordered, its.completed, its.failed)
        rows.append((name_of(its.key), *sums, book.success([its]), *times))
    return Sheet(
        "models",
        _("Time by model"),
        _("From start to delivery: half of the tasks took no longer than p50, 19 of 20 no longer than p95."),
        (
            Column("model", _("Model"), "text"),
            Column("ordered", _("Ordered")),
            Column("completed", _("Completed")),
            Column("failed", _("Failed")),
            Column("success", _("Success rate"), "share"),
            Column("p50", "p50", "ms"),
            Column("p95", "p95", "ms"),
        ),
        sorted(rows, key=lambda row: (-row[1], -row[2], row[0])),
        Spans(low="p50", high="p95"),
    )


def waits(book: Book, before: Book) -> Sheet:
    now, then = book.waited, before.waited
    return Sheet(
        "queue",
        _("Time in the queue"),
        _("From the order until the provider was asked, of tasks that ended that day."),
        (
            day_of(book),
            Column("p50", "p50", "ms"),
            Column("p95", "p95", "ms"),
            Column("before", _("p95, period before"), "ms"),
        ),
        per_day(book, quantiles(now, 0.5), quantiles(now, 0.95), a_period_later(book, quantiles(then, 0.95))),
        Days(lines=("p95", "p50"), before="before"),
    )


def causes(book: Book, before: Book) -> Sheet:
    now, then = book.spread.causes, before.spread.causes
    return Sheet(
        "failures",
        _("Failures by cause"),
        _("Failed tasks by the error that their owner was told."),
        (
            Column("cause", _("Cause"), "text"),
            Column("failed", _("Failed")),
            Column("share", _("Share of all"), "share"),
            Column("before", _("Period before")),
        ),
        [(code, number, number / now.total(), then[code]) for code, number in now.most_common()],
        Bars("failed", note="share"),
    )
