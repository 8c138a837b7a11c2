"""Which of many searches find something, told by two statements however many they are."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet

from gallery.models import SearchEntry
from gallery.models.search import holds, matches
from gallery.orders import FOUND, walk
from gallery.walking import BEGINNING, REACH
from smartspec.lib import tokens


def that_find(searches: Iterable[str]) -> set[str]:
    """Those of the texts that some listed work answers.

    As with one search, the newest works are looked at before the index is asked: the first is quick for a
    common word, the second for a rare one, and a database stops at the first that says yes.
    """
    queries = {text: query for text in searches if text and (query := tokens.query(text))}
    if not queries:
        return set()
    newest = walk(SearchEntry.objects.all(), FOUND).rows
    edge = newest.values_list("published_at", flat=True)[REACH : REACH + 1]
    near = newest.filter(published_at__gte=next(iter(edge), BEGINNING))
    ways = [
        exists(rows) for query in queries.values() for rows in (near.filter(holds(query)), indexed(query))
    ]
    pairs = [f"({first} OR {second})" for (first, _), (second, _) in zip(ways[::2], ways[1::2], strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(pairs)}", [param for _sql, params in ways for param in params])
        answers = cursor.fetchone()
    return {text for text, is_found in zip(queries, answers, strict=True) if is_found}


def indexed(query: tokens.Query) -> QuerySet:
    return SearchEntry.objects.filter(matches(query))


def exists(rows: QuerySet) -> tuple[str, tuple]:
    sql, params = rows.order_by().values("pk")[:1].query.sql_with_params()
    return f"EXISTS ({sql})", params
