"""What stands above the rows of the front page: one work as its lead, and the top shelves."""

from typing import NamedTuple
from uuid import UUID

from django.db.models import Subquery, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, JSONObject

from gallery import addresses
from gallery.listing import Card
from gallery.models import Category, Item
from gallery.pages import pictures, texts, tiles
from gallery.pages.pictures import Picture
from gallery.pages.rows_as_json import JSONList
from gallery.pages.texts import Texts


class Lead(NamedTuple):
    id: UUID
    href: str
    texts: Texts
    card: dict
    medium: str
    picture: Picture | None
    is_featured: bool


class LeadRow(NamedTuple):
    id: UUID
    slug: str
    title: str
    description: str
    alt_text: str
    language: str
    translations: dict
    media_type: str
    model_id: str
    card: dict
    is_featured: bool
    topics: list[dict] | None


def top_shelves():
    """Names and slugs of the shelves without a parent that hold something, as one JSON value."""
    shelf = JSONObject(slug="slug", name="name", th=KT("translations__th__name"), order="display_order")
    return (
        Category.objects.active()
        .filter(parent=None, item_count__gt=0)
        .order_by()
        .annotate(everything=Value(1))
        .values("everything")
        .annotate(shelves=JSONList(shelf))
        .values("shelves")
    )


def above(newest: Card) -> LeadRow:
    """The featured work that stands first, else the newest, with the shelves: in one query.

    The shelves travel in the lead's row, so that the front page costs two queries and not three.
    """
    featured = Item.objects.public().general().filter(is_featured=True)
    first = featured.order_by("display_order", "-published_at", "-id").values("pk")[:1]
    chosen = Item.objects.filter(pk=Coalesce(Subquery(first), Value(newest.id, Item._meta.pk)))
    row = chosen.annotate(topics=Subquery(top_shelves())).values_list(*LeadRow._fields).get()
    return LeadRow(*row)


def lead(row: LeadRow, language: str) -> Lead:
    return Lead(
        id=row.id,
        href=addresses.legible_item(row.slug, language),
        texts=texts.of_item(row, language),
        card=row.card,
        medium=tiles.medium(tiles.kind_names()[row.media_type], row.model_id),
        picture=None if row.media_type == "audio" else pictures.lead(row.card),
        is_featured=row.is_featured,
    )
