"""Which of many searches find something, told by three statements however many they are."""

from collections.abc import Iterable, Mapping

from django.db import connection
from django.db.models import QuerySet

from gallery.models import SearchEntry
from gallery.models.search import holds, matches
from gallery.orders import FOUND, walk
from gallery.walking import BEGINNING, REACH, Unindexed
from smartspec.lib import tokens


def that_find(searches: Iterable[str]) -> set[str]:
    """Those of the texts that some listed work answers.

    As with one search, the newest works are looked at before the index is asked: the first is quick for a
    common word, the second for a rare one.
    """
    queries = {text: query for text in searches if text and (query := tokens.query(text))}
    if not queries:
        return set()
    newest = walk(SearchEntry.objects.all(), FOUND).rows
    edge = newest.values_list("published_at", flat=True)[REACH : REACH + 1]
    near = newest.filter(published_at__gte=next(iter(edge), BEGINNING))
    common = answered({text: near.filter(holds(query)) for text, query in queries.items()})
    rare = {text: indexed(query) for text, query in queries.items() if text not in common}
    return common | answered(rare)


def indexed(query: tokens.Query) -> QuerySet:
    """In no order that an index has: a planner that expects many would rather walk it past them all."""
    return SearchEntry.objects.filter(matches(query)).order_by(Unindexed("published_at").desc())


def answered(asked: Mapping[str, QuerySet]) -> set[str]:
    """The texts whose querysets find a row.

    Not by EXISTS: PostgreSQL drops the order within one, and with it the way through an index.
    """
    if not asked:
        return set()
    parts = [rows.values("pk")[:1].query.sql_with_params() for rows in asked.values()]
    columns = ", ".join(f"({sql}) IS NOT NULL" for sql, _params in parts)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}", [param for _sql, params in parts for param in params])
        return {text for text, is_found in zip(asked, cursor.fetchone(), strict=True) if is_found}
