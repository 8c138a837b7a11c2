"""A chart as a table: what is drawn, what stands behind the drawing, and what the CSV says are these rows."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from gallery.numbers import histogram
from gallery.numbers.book import Book
from generation import catalogue


class Column(NamedTuple):
    """`unit`: day, text, count, credits, ms, bytes or share (of 1)."""

    key: str
    title: Any
    unit: str = "count"


@dataclass(frozen=True)
class Days:
    """Drawn along the days: columns that are stacked, lines, and a faint line of the period before."""

    stack: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    before: str = ""


@dataclass(frozen=True)
class Bars:
    """Drawn as one bar for each row, with its value, and a second number in small print."""

    value: str
    note: str = ""


@dataclass(frozen=True)
class Spans:
    """Drawn as one line for each row, from a low value to a high one."""

    low: str
    high: str


@dataclass(frozen=True)
class Sheet:
    slug: str
    title: Any
    about: Any  # one sentence: what is counted, and how
    columns: tuple[Column, ...]
    rows: list[tuple]
    drawing: Days | Bars | Spans
    links: dict[int, str] = field(default_factory=dict)  # row: address of what it tells of

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"{self.slug}: {row}")

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)

    def values(self, key: str) -> list:
        place = [column.key for column in self.columns].index(key)
        return [row[place] for row in self.rows]


Builder = Callable[[Book, Book], Sheet]


def day_of(book: Book) -> Column:
    return Column("day", _("Day") if book.period.step == 1 else _("Week from"), "day")


def per_day(book: Book, *series: Mapping) -> list[tuple]:
    """(day, value of every series); what a Counter does not know is 0, elsewhere it is None."""
    return [
        (day, *(its[day] if isinstance(its, Counter) else its.get(day) for its in series))
        for day in book.period.points
    ]


def a_period_later(book: Book, before: Mapping) -> Mapping:
    """The values of the period before, each at the point that it is compared with."""
    shifted = zip(book.period.before.points, book.period.points, strict=True)
    moved = {day: before[old] for old, day in shifted if old in before}
    return Counter(moved) if isinstance(before, Counter) else moved


def quantiles(histograms: Mapping[Any, Counter[int]], share: float) -> dict:
    return {point: histogram.quantile(its, share) for point, its in histograms.items()}


def grouped(rows: Iterable, key: str) -> dict[Any, list]:
    found: dict[Any, list] = {}
    for row in rows:
        found.setdefault(getattr(row, key), []).append(row)
    return found


def name_of(model_id: str) -> str:
    spec = catalogue.get_model(model_id)
    return spec.name if spec else model_id or str(_("unknown"))
