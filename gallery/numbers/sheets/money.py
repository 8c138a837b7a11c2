"""Credits: what was sold, what it cost upstream, what was given back, and what is left."""

from django.utils.translation import gettext_lazy as _

from gallery.numbers.book import Book
from gallery.numbers.sheets.sheet import (
    Bars,
    Column,
    Days,
    Sheet,
    a_period_later,
    day_of,
    name_of,
    per_day,
)

NAMES = ("sold", "cost", "wasted", "refunded", "margin")


def sales(book: Book, before: Book) -> Sheet:
    return Sheet(
        "sales",
        _("Credits sold and their cost"),
        _("Credits charged for deliveries of the day, against what the provider charged for all that ended."),
        (
            day_of(book),
            Column("sold", _("Sold"), "credits"),
            Column("cost", _("Upstream cost"), "credits"),
            Column("wasted", _("of it wasted"), "credits"),
            Column("refunded", _("Refunded"), "credits"),
            Column("margin", _("Margin"), "credits"),
            Column("before", _("Sold, period before"), "credits"),
        ),
        per_day(book, *map(book.by_day, NAMES), a_period_later(book, before.by_day("sold"))),
        Days(stack=("sold",), lines=("cost",), before="before"),
    )


def margins(book: Book, before: Book) -> Sheet:
    rows = []
    for its in book.models:
        sums = [getattr(its, name) for name in NAMES]
        rows.append((name_of(its.key), *sums, float(sums[-1] / sums[0]) if sums[0] else None))
    return Sheet(
        "margins",
        _("Margin by model"),
        _("Credits sold less upstream cost and refunds. Wasted: bought upstream, and paid for by nobody."),
        (
            Column("model", _("Model"), "text"),
            Column("sold", _("Sold"), "credits"),
            Column("cost", _("Upstream cost"), "credits"),
            Column("wasted", _("of it wasted"), "credits"),
            Column("refunded", _("Refunded"), "credits"),
            Column("margin", _("Margin"), "credits"),
            Column("share", _("Margin of sales"), "share"),
        ),
        sorted((row for row in rows if any(row[1:6])), key=lambda row: (-row[5], row[0])),
        Bars("margin", note="share"),
    )


def refunds(book: Book, before: Book) -> Sheet:
    return Sheet(
        "refunds",
        _("Refunds"),
        _("Credits that staff gave back, on the day they did."),
        (
            day_of(book),
            Column("refunds", _("Refunds")),
            Column("refunded", _("Refunded"), "credits"),
            Column("before", _("Refunded, period before"), "credits"),
        ),
        per_day(
            book,
            book.by_day("refunds"),
            book.by_day("refunded"),
            a_period_later(book, before.by_day("refunded")),
        ),
        Days(stack=("refunded",), before="before"),
    )
