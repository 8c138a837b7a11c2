"""The figures at the top of the page: each beside what it was in the period before."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from gallery.numbers import wording
from gallery.numbers.book import Book, What


class Figure(NamedTuple):
    title: Any
    unit: str
    measure: Callable[[Book], Any]
    anchor: str  # the chart that tells more


class Tile(NamedTuple):
    title: Any
    value: str
    change: str
    anchor: str


FIGURES = (
    Figure(_("Tasks ordered"), "count", lambda book: book.total("ordered"), "tasks"),
    Figure(_("Success rate"), "share", lambda book: book.success(), "success"),
    Figure(_("Time to deliver, p50"), "ms", lambda book: book.quantile("took", 0.5), "models"),
    Figure(_("Time to deliver, p95"), "ms", lambda book: book.quantile("took", 0.95), "models"),
    Figure(_("Credits sold"), "credits", lambda book: book.total("sold"), "sales"),
    Figure(_("Upstream cost"), "credits", lambda book: book.total("cost"), "sales"),
    Figure(_("Margin"), "credits", lambda book: book.total("margin"), "margins"),
    Figure(_("Refunded"), "credits", lambda book: book.total("refunded"), "refunds"),
    Figure(_("Views"), "count", lambda book: book.total("views"), "views"),
    Figure(_("Likes"), "count", lambda book: book.done(What.LIKE).total(), "likes"),
    Figure(_("Shares"), "count", lambda book: book.done(What.SHARE).total(), "shares"),
    Figure(_("Searches without result"), "count", lambda book: book.done(What.MISSED).total(), "searches"),
    Figure(_("Works waiting at the end"), "count", lambda book: book.backlog, "desk"),
    Figure(_("Time to a decision, p50"), "ms", lambda book: book.quantile("decided_after", 0.5), "decisions"),
)


def tiles(book: Book, before: Book) -> list[Tile]:
    found = []
    for title, unit, measure, anchor in FIGURES:
        now, then = measure(book), measure(before)
        found.append(Tile(title, wording.said(now, unit), wording.change(now, then), anchor))
    return found
