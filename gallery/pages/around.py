"""What hangs around a work: its neighbours, the work it was made from, and its variations."""

from typing import Any, NamedTuple

from django.db.models import QuerySet, Subquery, Value
from django.db.models.fields.json import KT
from django.db.models.functions import JSONObject

from gallery import addresses
from gallery.models import Item, SearchEntry
from gallery.orders import beyond
from gallery.pages.links import Link
from gallery.pages.rows_as_json import JSONList

MOST_VARIATIONS = 8
NAMED = JSONObject(
    slug="slug",
    title="title",
    language="language",
    th=KT("translations__th__title"),
    en=KT("translations__en__title"),
    at="published_at",
)


class Around(NamedTuple):
    """`previous` is the next newer work of the same kind, `next` the next older one."""

    previous: Link | None
    next: Link | None
    origin: Link | None
    variations: tuple[Link, ...]


def around(item: Item, language: str) -> Around:
    """All of it in one query, each part by an index of its own."""
    parts = {
        "newer": Subquery(neighbour(item, "gt")),
        "older": Subquery(neighbour(item, "lt")),
        "origin": Subquery(origin(item)),
        "made": Subquery(as_list(made_from(item))),
        "alike": Subquery(as_list(near_copies(item))),
    }
    row = Item.objects.filter(pk=item.pk).annotate(**parts).values_list(*parts).get()
    *single, made, alike = row
    others = {each["slug"]: each for each in [*(made or ()), *(alike or ())]}
    newest_first = sorted(others.values(), key=lambda each: each["at"], reverse=True)
    return Around(
        *(link(each, language) if each else None for each in single),
        tuple(link(each, language) for each in newest_first),
    )


def neighbour(item: Item, side: str) -> QuerySet:
    sign = "" if side == "gt" else "-"
    rows = Item.objects.listed().filter(
        beyond([("published_at", item.published_at), ("id", item.pk)], side), media_type=item.media_type
    )
    return rows.order_by(f"{sign}published_at", f"{sign}id").values_list(NAMED)[:1]


def origin(item: Item) -> QuerySet:
    return Item.objects.listed().filter(pk=item.made_from_id).values_list(NAMED)[:1]


def made_from(item: Item) -> QuerySet:
    """Works for which this one was the starting point."""
    return Item.objects.listed().filter(made_from=item)


def near_copies(item: Item) -> QuerySet:
    """Works that hardly differ from this one: one of them is indexed, and each leads to the others."""
    own = SearchEntry.objects.filter(item=item).exclude(cluster="").values("cluster")[:1]
    return Item.objects.listed().filter(search_entry__cluster=Subquery(own)).exclude(pk=item.pk)


def as_list(works: QuerySet) -> QuerySet:
    """The newest of them as one JSON list, in no order."""
    newest = works.order_by("-published_at", "-id").values("pk")[:MOST_VARIATIONS]
    rows = Item.objects.filter(pk__in=newest).order_by().annotate(everything=Value(1))
    return rows.values("everything").annotate(links=JSONList(NAMED)).values("links")


def link(row: dict[str, Any], language: str) -> Link:
    """The title in the page's language where there is one, else in the work's own."""
    title = row["title"] if row["language"] == language else row[language]
    foreign = "" if title else row["language"]
    return Link(title or row["title"], addresses.item(row["slug"], language), foreign)
