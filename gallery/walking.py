"""Reading one page of what was asked for, without reading much else.

A search is done in two steps. The first few thousand works in the wanted order are looked at one by one,
which ends at once for a common word. Only when that yields too little is the index asked, which is quick
for whatever is rare. Left to itself, a planner now and then takes the slow one of the two.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

from django.db.models import Func, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from gallery.models import ItemStats, SearchEntry
from gallery.models.search import holds, matches
from gallery.orders import FOUND, Order, Walk, beyond, walk, walked_by
from smartspec.lib.tokens import Query

REACH = 3_000  # works that are looked at before the index is asked
BEGINNING, END = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


class Asked(NamedTuple):
    """Rows of items, or of rows whose item is behind `prefix` and whose search entry is behind `entry`."""

    rows: QuerySet
    order: Order
    prefix: str = ""
    query: Query | None = None
    entry: str = ""


class Taken(NamedTuple):
    """Rows in the order asked for; `back` says that the cursor walked towards the beginning."""

    rows: list
    back: bool


def take(
    asked: Asked,
    *,
    size: int,
    skip: int = 0,
    cursor: str | None = None,
    shape: Callable[[QuerySet], QuerySet] = lambda rows: rows,
) -> Taken:
    """At most `size` rows behind the cursor, nearest first; `shape` selects columns."""
    walked, query = walk(asked.rows, asked.order, cursor), asked.query
    if query is None:
        return Taken(list(shape(walked.rows)[skip : skip + size]), walked.back)
    if not query:
        return Taken([], walked.back)
    near = within_reach if asked.order is FOUND else within_rank
    looked_at = near(walked, asked.order, cursor).filter(holds(query, asked.entry))
    rows = list(shape(looked_at)[skip : skip + size])
    if len(rows) < size:
        found = walked.rows.filter(matches(query, asked.entry))
        page = sorted_first(found, asked.order, skip, size, back=walked.back)
        rows = list(shape(page))
    return Taken(rows, walked.back)


def within_reach(walked: Walk, order: Order, cursor: str | None) -> QuerySet:
    """The walk's rows down to the date of the entry that stands REACH entries further; no further query."""
    ahead = walk(SearchEntry.objects.all(), order, cursor).rows.values("published_at")
    edge = Subquery(ahead[REACH : REACH + 1])
    if walked.back:
        return walked.rows.filter(published_at__lte=Coalesce(edge, Value(END)))
    return walked.rows.filter(published_at__gte=Coalesce(edge, Value(BEGINNING)))


def within_rank(walked: Walk, order: Order, cursor: str | None) -> QuerySet:
    """The walk's rows before the one that stands REACH further, by all its values: very many are tied."""
    ahead = walk(ItemStats.objects.listed(), order, cursor).rows.values_list(*order.fields)
    edge = next(iter(ahead[REACH : REACH + 1]), None)
    if edge is None:
        return walked.rows
    pairs = list(zip(order.fields, edge, strict=True))
    return walked.rows.filter(beyond(pairs, "lt" if walked.back else "gt"))


class Unindexed(Func):
    """The same value, written so that no index offers it in order: the few rows found are sorted instead."""

    NOTHING = {"DateTimeField": "interval '0'", "BigIntegerField": "0"}

    def as_sqlite(self, compiler, connection, **extra):
        return self.as_sql(compiler, connection, template="+%(expressions)s", **extra)

    def as_postgresql(self, compiler, connection, **extra):
        nothing = self.NOTHING[self.source_expressions[0].output_field.get_internal_type()]
        return self.as_sql(compiler, connection, template=f"(%(expressions)s + {nothing})", **extra)


def sorted_first(found: QuerySet, order: Order, skip: int, size: int, *, back: bool) -> QuerySet:
    """Find, sort and cut before anything is joined: what is not on the page costs nothing further."""
    first, *others = walked_by(order, back=back)
    by_no_index = Unindexed(order.fields[0])
    page = found.order_by(by_no_index if back else by_no_index.desc(), *others)
    rows = found.model.objects.filter(pk__in=page.values("pk")[skip : skip + size])
    return rows.order_by(first, *others)
