"""In which orders a list can be walked, and how to go on (or back) from a row without an offset."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from smartspec.lib import cursors

LARGEST_COUNT = 2**63 - 1
BACK = "-"  # before the name of an order in a cursor


@dataclass(frozen=True)
class Order:
    """Fields walked downwards; with `within`, only what was published since then."""

    name: str
    fields: tuple[str, ...]
    within: timedelta | None = None


A_MONTH = timedelta(days=30)
NEWEST = Order("recent", ("published_at", "id"))
SHELF = Order("shelf", ("published_at", "item_id"))  # of placements: one index walk lists a category
FOUND = Order("found", ("published_at", "item_id"))  # of search entries
FEATURED = Order("featured", ("rank", "published_at", "id"))  # as staff put them in order
SORTS = ("recent", "popular", "trending")


LIKED = ("popularity", "published_at", "item_id")  # of counters
POPULAR = {order.name: order for order in (Order("popular", LIKED), Order("trending", LIKED, within=A_MONTH))}
QUEUE = Order("queue", ("created_at", "id"))  # of all items, for moderators


def counted(text: str) -> int:
    value = int(text)
    if not 0 <= value <= LARGEST_COUNT:
        raise ValueError(text)
    return value


READERS: dict[str, Callable[[str], Any]] = {
    "published_at": cursors.moment,
    "created_at": cursors.moment,
    "id": UUID,
    "item_id": UUID,
    "rank": int,
}


class Walk(NamedTuple):
    """Rows in the cursor's direction; `back` rows come nearest first, and the caller turns them round."""

    rows: QuerySet
    back: bool


class Start(NamedTuple):
    """Where a cursor stands: the values of the order's fields, and in which direction it goes on."""

    values: Sequence[Any]
    back: bool


def walk(rows: QuerySet, order: Order, cursor: str | None = None) -> Walk:
    """`rows` in this order, from behind the cursor on; a cursor of another order is refused."""
    return walk_from(rows, order, start(order, cursor))


def start(order: Order, cursor: str | None) -> Start | None:
    if not cursor:
        return None
    name, *words = cursors.unpack(cursor, size=len(order.fields) + 1)
    if name.removeprefix(BACK) != order.name:
        raise cursors.bad_cursor()
    try:
        values = [
            READERS.get(field.rpartition("__")[2], counted)(word)
            for field, word in zip(order.fields, words, strict=True)
        ]
    except (ValueError, OverflowError) as error:
        raise cursors.bad_cursor() from error
    return Start(values, name.startswith(BACK))


def walk_from(rows: QuerySet, order: Order, start: Start | None) -> Walk:
    if start is None:
        return Walk(rows.order_by(*walked_by(order, back=False)), False)
    pairs = list(zip(order.fields, start.values, strict=True))
    ahead = rows.filter(beyond(pairs, "gt" if start.back else "lt"))
    return Walk(ahead.order_by(*walked_by(order, back=start.back)), start.back)


def walked_by(order: Order, *, back: bool) -> list[str]:
    """What to sort by, in Django's words."""
    return [field if back else f"-{field}" for field in order.fields]


def beyond(pairs: list[tuple[str, Any]], side: str) -> Q:
    """`a <= x AND (a < x OR …)`: the form that lets the database walk the index from the right place."""
    (field, value), *rest = pairs
    strictly = Q(**{f"{field}__{side}": value})
    return Q(**{f"{field}__{side}e": value}) & (strictly | beyond(rest, side)) if rest else strictly


def cursor_at(order: Order, values: Sequence[Any], *, back: bool = False) -> str:
    """Where to go on (or back) from the row whose sort values are these."""
    words = [value.isoformat() if isinstance(value, datetime) else str(value) for value in values]
    return cursors.pack((BACK if back else "") + order.name, *words)
