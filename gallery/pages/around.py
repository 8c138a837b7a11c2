"""What hangs around a work: its neighbours, the work it was made from, and its variations."""

from typing import Any, NamedTuple

from django.db.models import CharField, DateTimeField, QuerySet, Subquery, UUIDField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import JSONObject

from gallery import addresses
from gallery.models import Item, SearchEntry
from gallery.orders import beyond
from gallery.pages.links import Link
from gallery.pages.rows_as_json import JSONList
from smartspec.lib.prepared import Given, Prepared

MOST_VARIATIONS = 8
ID, MADE_FROM = Given("id", UUIDField()), Given("made_from", UUIDField())
PUBLISHED_AT, MEDIA_TYPE = Given("published_at", DateTimeField()), Given("media_type", CharField())
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
    [row] = AROUND.rows(
        id=item.pk, published_at=item.published_at, media_type=item.media_type, made_from=item.made_from_id
    )
    *single, made, alike = row
    others = {each["slug"]: each for each in [*(made or ()), *(alike or ())]}
    newest_first = sorted(others.values(), key=lambda each: each["at"], reverse=True)
    return Around(
        *(link(each, language) if each else None for each in single),
        tuple(link(each, language) for each in newest_first),
    )


def parts() -> QuerySet:
    found = {
        "newer": Subquery(neighbour("gt")),
        "older": Subquery(neighbour("lt")),
        "origin": Subquery(Item.objects.listed().filter(pk=MADE_FROM).values_list(NAMED)[:1]),
        "made": Subquery(as_list(made_from())),
        "alike": Subquery(as_list(near_copies())),
    }
    return Item.objects.filter(pk=ID).annotate(**found).values_list(*found)


AROUND = Prepared(parts)


def neighbour(side: str) -> QuerySet:
    sign = "" if side == "gt" else "-"
    rows = Item.objects.listed().filter(
        beyond([("published_at", PUBLISHED_AT), ("id", ID)], side), media_type=MEDIA_TYPE
    )
    return rows.order_by(f"{sign}published_at", f"{sign}id").values_list(NAMED)[:1]


def made_from() -> QuerySet:
    """Works for which this one was the starting point; search entries stand only while works are listed."""
    return SearchEntry.objects.filter(item__made_from=ID)


def near_copies() -> QuerySet:
    """Works that hardly differ from this one: one of them is indexed, and each leads to the others."""
    own = SearchEntry.objects.filter(item=ID).exclude(cluster="").values("cluster")[:1]
    return SearchEntry.objects.filter(cluster=Subquery(own)).exclude(item=ID)


def as_list(entries: QuerySet) -> QuerySet:
    """The newest of them as one JSON list, in no order."""
    newest = entries.order_by("-published_at", "-item").values("item")[:MOST_VARIATIONS]
    rows = Item.objects.filter(pk__in=newest).order_by().annotate(everything=Value(1))
    return rows.values("everything").annotate(links=JSONList(NAMED)).values("links")


def link(row: dict[str, Any], language: str) -> Link:
    """The title in the page's language where there is one, else in the work's own."""
    title = row["title"] if row["language"] == language else row[language]
    foreign = "" if title else row["language"]
    return Link(title or row["title"], addresses.item(row["slug"], language), foreign)
