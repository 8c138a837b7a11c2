"""What the house itself does: moderators decide, and storage fills."""

from collections import Counter

from django.utils.translation import gettext_lazy as _

from gallery.numbers.book import Book
from gallery.numbers.sheets.sheet import Bars, Column, Days, Sheet, a_period_later, day_of, per_day, quantiles

STORED = {
    "image": _("Images"),
    "video": _("Videos"),
    "audio": _("Sounds"),
    "rendition": _("Thumbnails, posters and previews"),
}


def backlog_by_day(book: Book) -> Counter:
    """How many works waited at the end of each point: from the end of the period backwards."""
    came, went = book.by_day("submitted"), book.by_day("settled")
    waiting, found = book.backlog, Counter()
    for day in reversed(book.period.points):
        found[day] = waiting
        waiting -= came[day] - went[day]
    return found


def desk(book: Book, before: Book) -> Sheet:
    series = [book.by_day(name) for name in ("submitted", "approved", "rejected")]
    decided = before.by_day("approved") + before.by_day("rejected")
    return Sheet(
        "desk",
        _("Moderation"),
        _("Works that were decided about, and how many still waited when the day ended."),
        (
            day_of(book),
            Column("submitted", _("Came in")),
            Column("approved", _("Approved")),
            Column("rejected", _("Rejected")),
            Column("backlog", _("Waiting")),
            Column("before", _("Decided, period before")),
        ),
        per_day(book, *series, backlog_by_day(book), a_period_later(book, decided)),
        Days(stack=("approved", "rejected"), lines=("backlog",), before="before"),
    )


def patience(book: Book, before: Book) -> Sheet:
    now, then = book.decided_after, before.decided_after
    return Sheet(
        "decisions",
        _("Time to a decision"),
        _("How long works had waited when they were approved or rejected."),
        (
            day_of(book),
            Column("p50", "p50", "ms"),
            Column("p95", "p95", "ms"),
            Column("before", _("p50, period before"), "ms"),
        ),
        per_day(book, quantiles(now, 0.5), quantiles(now, 0.95), a_period_later(book, quantiles(then, 0.5))),
        Days(lines=("p95", "p50"), before="before"),
    )


def storage(book: Book, before: Book) -> Sheet:
    looks = book.snapshots
    last, first = (looks[-1], looks[0]) if looks else ({}, {})
    return Sheet(
        "storage",
        _("Storage"),
        _("What lay in storage when it was last looked at, and what was added since the first look."),
        (
            Column("kind", _("Kind"), "text"),
            Column("bytes", _("Size"), "bytes"),
            Column("objects", _("Objects")),
            Column("added", _("Added"), "bytes"),
        ),
        [
            (title, last[kind][1], last[kind][0], last[kind][1] - first.get(kind, [0, 0])[1])
            for kind, title in STORED.items()
            if kind in last
        ],
        Bars("bytes", note="objects"),
    )
