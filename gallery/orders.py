"""In which orders a list can be walked, and how to go on after its last row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from smartspec.lib import cursors

LARGEST_COUNT = 2**31 - 1


@dataclass(frozen=True)
class Order:
    """Fields walked downwards; with `within`, only what was published since then."""

    name: str
    fields: tuple[str, ...]
    within: timedelta | None = None


_newest = ("published_at", "id")
_liked = ("stats__like_count", "stats__view_count", *_newest)
ORDERS = {
    order.name: order
    for order in (
        Order("recent", _newest),
        Order("popular", _liked),
        Order("trending", _liked, within=timedelta(days=30)),
    )
}
SHELF = Order("shelf", ("published_at", "item"))  # of placements: one index walk lists a category


def moment(text: str) -> datetime:
    value = datetime.fromisoformat(text)
    return value if timezone.is_aware(value) else timezone.make_aware(value)


def counted(text: str) -> int:
    value = int(text)
    if not 0 <= value <= LARGEST_COUNT:
        raise ValueError(text)
    return value


READERS: dict[str, Callable[[str], Any]] = {"published_at": moment, "id": UUID, "item": UUID}


def cursor_after(order: Order, values: Sequence[Any]) -> str:
    """Where to go on after the row whose sort values are these."""
    words = [value.isoformat() if isinstance(value, datetime) else str(value) for value in values]
    return cursors.pack(order.name, *words)


def after(order: Order, cursor: str) -> Q:
    """The condition for the rows behind `cursor`; a cursor of another order is refused."""
    name, *words = cursors.unpack(cursor, size=len(order.fields) + 1)
    if name != order.name:
        raise cursors.bad_cursor()
    try:
        values = [READERS.get(field, counted)(word) for field, word in zip(order.fields, words, strict=True)]
    except (ValueError, OverflowError) as error:
        raise cursors.bad_cursor() from error
    return behind(list(zip(order.fields, values, strict=True)))


def behind(pairs: list[tuple[str, Any]]) -> Q:
    """`a <= x AND (a < x OR …)`: the form that lets the database walk the index from the right place."""
    (field, value), *rest = pairs
    if not rest:
        return Q(**{f"{field}__lt": value})
    return Q(**{f"{field}__lte": value}) & (Q(**{f"{field}__lt": value}) | behind(rest))
