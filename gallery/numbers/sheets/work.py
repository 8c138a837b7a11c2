"""Tasks: how many, how well, how fast, and what went wrong."""

from collections import Counter

from django.utils.translation import gettext_lazy as _

from gallery.numbers import histogram
from gallery.numbers.book import Book
from gallery.numbers.sheets.sheet import (
    DAY,
    Bars,
    Column,
    Days,
    Sheet,
    Spans,
    a_period_later,
    grouped,
    name_of,
    per_day,
)


def tasks(book: Book, before: Book) -> Sheet:
    names = ("completed", "failed", "cancelled", "ordered")
    series = [book.by_day(name) for name in names]
    return Sheet(
        "tasks",
        _("Tasks"),
        _("Tasks on the day they ended, by how they ended. Ordered ones count on the day they came."),
        (
            DAY,
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
        return {day: of.success(rows) for day, rows in grouped(of.models, "day").items()}

    return Sheet(
        "success",
        _("Success rate"),
        _("Completed tasks among those that were completed or failed. Cancelled ones do not count."),
        (DAY, Column("success", _("Success rate"), "share"), Column("before", _("Period before"), "share")),
        per_day(book, rates(book), a_period_later(book, rates(before))),
        Days(lines=("success",), before="before"),
    )


def models(book: Book, before: Book) -> Sheet:
    rows = []
    for model_id, its in grouped(book.models, "model_id").items():
        took = histogram.merged(row.took for row in its)
        sums = [sum(getattr(row, name) for row in its) for name in ("ordered", "completed", "failed")]
        times = [histogram.quantile(took, share) for share in (0.5, 0.95)]
        rows.append((name_of(model_id), *sums, book.success(its), *times))
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
    def waited(of: Book) -> dict:
        by_day = grouped(of.models, "day").items()
        return {day: histogram.merged(row.waited for row in rows) for day, rows in by_day}

    def quantiles(merged: dict, share: float) -> dict:
        return {day: histogram.quantile(its, share) for day, its in merged.items()}

    now, then = waited(book), waited(before)

    return Sheet(
        "queue",
        _("Time in the queue"),
        _("From the order until the provider was asked, of tasks that ended that day."),
        (
            DAY,
            Column("p50", "p50", "ms"),
            Column("p95", "p95", "ms"),
            Column("before", _("p95, period before"), "ms"),
        ),
        per_day(book, quantiles(now, 0.5), quantiles(now, 0.95), a_period_later(book, quantiles(then, 0.95))),
        Days(lines=("p95", "p50"), before="before"),
    )


def causes(book: Book, before: Book) -> Sheet:
    now, then = (sum((Counter(row.causes) for row in of.models), Counter()) for of in (book, before))
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
