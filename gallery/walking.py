"""Reading one page of what was asked for, without reading much else.

A search newest first is done in two steps. The newest few thousand works are looked at one by one, which
ends at once for a common word. Only when that yields too little is the index asked, which is quick for
whatever is rare. Left to itself, a planner now and then takes the slow one of the two.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

from django.db.models import Func, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from gallery.models import SearchEntry
from gallery.orders import FOUND, Order, Walk, walk
from smartspec.lib.tokens import Query

REACH = 3_000  # works that are looked at before the index is asked
BEGINNING, END = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


class Asked(NamedTuple):
    """Rows of items, or of rows whose item is behind `prefix`; with a `query` they are search entries."""

    rows: QuerySet
    order: Order
    prefix: str = ""
    query: Query | None = None


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
    walked = walk(asked.rows, asked.order, cursor)
    if asked.query is None:
        return Taken(list(shape(walked.rows)[skip : skip + size]), walked.back)
    if not asked.query:
        return Taken([], walked.back)
    if asked.order is FOUND:
        near = shape(within_reach(walked, asked.order, cursor).holding(asked.query))
        rows = list(near[skip : skip + size])
        if len(rows) == size:
            return Taken(rows, walked.back)
    found = walked.rows.matching(asked.query)
    if asked.order is FOUND:
        found = by_no_index(found, back=walked.back)
    return Taken(list(shape(found)[skip : skip + size]), walked.back)


def within_reach(walked: Walk, order: Order, cursor: str | None) -> QuerySet:
    """The walk's rows down to the date of the entry that stands REACH entries further."""
    ahead = walk(SearchEntry.objects.all(), order, cursor).rows.values("published_at")
    edge = Subquery(ahead[REACH : REACH + 1])
    if walked.back:
        return walked.rows.filter(published_at__lte=Coalesce(edge, Value(END)))
    return walked.rows.filter(published_at__gte=Coalesce(edge, Value(BEGINNING)))


class Unindexed(Func):
    """The same value, written so that no index offers it in order: the few rows found are sorted instead."""

    def as_sqlite(self, compiler, connection, **extra):
        return self.as_sql(compiler, connection, template="+%(expressions)s", **extra)

    def as_postgresql(self, compiler, connection, **extra):
        return self.as_sql(compiler, connection, template="(%(expressions)s + interval '0')", **extra)


def by_no_index(rows: QuerySet, *, back: bool) -> QuerySet:
    date = Unindexed("published_at")
    return rows.order_by(date, "item") if back else rows.order_by(date.desc(), "-item")
