"""From 2,000 works to as many as a large gallery has: the same works again, older and with their number.

Copies are made inside the database, rows only. The newest 2,000 stay what they are, so that a page of the
small gallery and the same page of the large one have the same bytes.
"""

from collections.abc import Mapping

from django.db import connection, transaction
from django.db.models import Model

from benchmarks import exhibition
from gallery import sitemap_parts
from gallery.models import Category, Item, ItemCategory, ItemStats, PromptBand, SearchEntry
from storage_app.models import Asset

SPAN_MINUTES = exhibition.WORKS * exhibition.MINUTES_BETWEEN  # from the newest of a copy to that of the next
DIALECT = {
    "sqlite": {
        "copy_id": "substr(base.{column}, 1, 24) || printf('%08x', n)",
        "older": "strftime('%Y-%m-%d %H:%M:%f', base.{column}, '-' || (n * {span}) || ' minutes')",
        "more_tokens": "base.{column} || ' ' || n",
        "numbers": "WITH RECURSIVE counted(n) AS"
        " (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {copies})"
        " INSERT INTO bench_copies SELECT n FROM counted",
        "after": [],
        "last": ["ANALYZE"],
    },
    "postgresql": {
        "copy_id": "(left(base.{column}::text, 28) || lpad(to_hex(n), 8, '0'))::uuid",
        "older": "base.{column} - n * interval '{span} minutes'",
        "more_tokens": "base.{column} || array_to_tsvector(ARRAY[n::text])",
        "numbers": "INSERT INTO bench_copies SELECT generate_series(1, {copies})",
        "after": ["SET statement_timeout = 0", "SET maintenance_work_mem = '512MB'"],
        "last": ["VACUUM ANALYZE"],
    },
}  # fmt: skip
NUMBERED = "base.{column} || ' ' || n"
CHANGES: tuple[tuple[type[Model], dict[str, str]], ...] = (  # how a copy's columns differ, parents first
    (Asset, {"id": "copy_id", "file": "base.{column} || '-' || n"}),
    (
        Item,
        {
            "id": "copy_id", "media_id": "copy_id", "title": NUMBERED, "prompt": NUMBERED,
            "slug": "base.{column} || '-' || n",
            "published_at": "older", "approved_at": "older", "created_at": "older",
        },
    ),
    (
        ItemStats,
        {
            "item_id": "copy_id", "published_at": "older", "view_count": "n % 97", "like_count": "n % 13",
            "popularity": "(n % 13) * 10000 + n % 97",
        },
    ),
    (
        SearchEntry,
        {
            "item_id": "copy_id", "published_at": "older", "cluster": "base.{column} || n",
            "tokens": "more_tokens",
        },
    ),
    (ItemCategory, {"item_id": "copy_id", "published_at": "older"}),
)  # fmt: skip


def grow(works: int) -> None:
    """Copy what hangs until there are `works`; needs the originals alone in the tables."""
    copies = works // exhibition.WORKS - 1
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("CREATE TEMPORARY TABLE bench_copies (n integer PRIMARY KEY)")
        cursor.execute(dialect("numbers", copies=copies))
        laid_aside = without_full_text(cursor)
        for model, changes in CHANGES:
            cursor.execute(copied(model, changes))
        cursor.execute(copied_bands())
        cursor.execute("DROP TABLE bench_copies")
        for category in Category.objects.all():
            Category.objects.filter(pk=category.pk).update(item_count=category.item_count * (copies + 1))
        last = SearchEntry.objects.order_by("-pk").values_list("pk", flat=True)[0]
        sitemap_parts.mark(range(1, last + 1, sitemap_parts.SIZE))
    with connection.cursor() as cursor:
        says = DIALECT[connection.vendor]
        for statement in [*says["after"], *laid_aside, *says["last"]]:
            cursor.execute(statement)


def without_full_text(cursor) -> list[str]:
    """Drop PostgreSQL's index of words, which is built much quicker than filled; returns its definition."""
    if connection.vendor == "sqlite":
        return []
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexdef LIKE '%%USING gin%%'",
        [SearchEntry._meta.db_table],
    )
    found = cursor.fetchall()
    for name, _definition in found:
        cursor.execute(f'DROP INDEX "{name}"')
    return [definition for _name, definition in found]


def copied(model: type[Model], changes: Mapping[str, str]) -> str:
    """One statement that adds every copy of every row; numbers that count themselves are left out."""
    columns = [field.column for field in model._meta.local_concrete_fields if not is_counter(field)]
    values = [
        dialect(changes[column], column=column) if column in changes else f"base.{column}"
        for column in columns
    ]
    table = model._meta.db_table
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) "  # noqa: S608 names of our own columns
        f"SELECT {', '.join(values)} FROM bench_copies CROSS JOIN {table} AS base"
    )


def is_counter(field) -> bool:
    return field.get_internal_type() == "BigAutoField"


def copied_bands() -> str:
    """Prompts of copies are kin of nothing: bands of their own, as many as the originals have."""
    bands, entries = PromptBand._meta.db_table, SearchEntry._meta.db_table
    return (
        f"INSERT INTO {bands} (band, entry_id) "  # noqa: S608
        f"SELECT base.band / 2 + n * 1000003, copy.id FROM bench_copies CROSS JOIN {bands} AS base "
        f"JOIN {entries} AS original ON original.id = base.entry_id "
        f"JOIN {entries} AS copy ON copy.item_id = {dialect('copy_id', column='item_id', base='original')}"
    )


def dialect(words: str, *, column: str = "", copies: int = 0, base: str = "base") -> str:
    """What this database says for a word of DIALECT, or the words themselves."""
    text = DIALECT[connection.vendor].get(words, words)
    return text.replace("base.", f"{base}.").format(column=column, span=SPAN_MINUTES, copies=copies)
