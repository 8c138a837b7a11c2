"""Works for lists of the API: plain values, by SQL that is written once for each kind of question."""

from functools import lru_cache, partial
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, CharField, DateTimeField, IntegerField, QuerySet, UUIDField

from gallery import listing, orders
from gallery.models import Category, Item
from gallery.orders import Order
from gallery.walking import Asked, take
from smartspec.lib.prepared import Given, Prepared

WISHES = {
    "media_type": Given("media_type", CharField()),
    "category": Given("category", UUIDField()),
    "model": Given("model", CharField()),
}
SORTED_BY = {
    "published_at": DateTimeField(),
    "id": UUIDField(),
    "item_id": UUIDField(),
    "popularity": BigIntegerField(),
    "rank": IntegerField(),
}
CLOCKED = {name for name, order in orders.POPULAR.items() if order.within}  # they ask what time it is


class File(NamedTuple):
    id: Any
    visibility: str
    file: str  # key
    width: int | None
    height: int | None
    duration_ms: int | None
    placeholder: str


class Counts(NamedTuple):
    view_count: int
    like_count: int


class Work(NamedTuple):
    """An item as documents need it, under the names that the model has for the same."""

    id: Any
    slug: str
    title: str
    description: str
    alt_text: str
    media_type: str
    keywords: list[str]
    prompt: str
    show_prompt: bool
    model_id: str
    is_featured: bool
    published_at: Any
    updated_at: Any
    language: str
    translations: dict
    meta_title: str
    meta_description: str
    card: dict
    media: File | None
    stats: Counts

    text = Item.text


OWN = Work._fields[:-2]
COLUMNS = (
    *OWN,
    *(f"media__{name}" for name in File._fields),
    *(f"stats__{name}" for name in Counts._fields),
)


class Found(NamedTuple):
    """Rows for `work`; `back` ones come nearest first."""

    rows: list
    back: bool
    order: Order


def found(*, cursor: str | None, size: int, **wishes: Any) -> Found:
    """The same as `walking.take` finds for what `listing.asked` asks."""
    if wishes.get("q") is not None or wishes["sort"] in CLOCKED:
        asked = listing.asked(**wishes)
        return Found(*take(asked, size=size, cursor=cursor, shape=partial(shaped, asked)), asked.order)
    given = {name: key(value) for name in WISHES if (value := wishes.get(name)) is not None}
    kind = (frozenset(given), wishes.get("featured"), wishes["sort"])
    order = usual(*kind).order
    start = orders.start(order, cursor)
    if start is None:
        return Found(prepared(*kind, None, size).rows(**given), False, order)
    values = dict(zip(order.fields, start.values, strict=True))
    return Found(prepared(*kind, start.back, size).rows(**given, **values), start.back, order)


def key(value: Category | str) -> Any:
    return value.pk if isinstance(value, Category) else value


@lru_cache(256)
def usual(wishes: frozenset[str], featured: bool | None, sort: str) -> Asked:
    """`featured` is no gap: SQLite uses the index of featured works only where the statement says it."""
    return listing.asked(**{name: WISHES[name] for name in wishes}, featured=featured, sort=sort)


@lru_cache(1_024)
def prepared(
    wishes: frozenset[str], featured: bool | None, sort: str, back: bool | None, size: int
) -> Prepared:
    """`back` is None for the first page; further pages have gaps under the names of the order's fields."""
    asked = usual(wishes, featured, sort)
    gaps = [Given(name, SORTED_BY[name]) for name in asked.order.fields]
    start = None if back is None else orders.Start(gaps, back)
    return Prepared(lambda: shaped(asked, orders.walk_from(asked.rows, asked.order, start).rows)[:size])


def shaped(asked: Asked, rows: QuerySet) -> QuerySet:
    return rows.values_list(*(f"{asked.prefix}{name}" for name in COLUMNS), *asked.order.fields)


def work(row: tuple | list) -> Work:
    files = len(OWN) + len(File._fields)
    file = File(*row[len(OWN) : files])
    counts = Counts(*(count or 0 for count in row[files : len(COLUMNS)]))
    return Work(*row[: len(OWN)], file if file.id else None, counts)


def sort_values(row: tuple | list) -> tuple | list:
    return row[len(COLUMNS) :]
