"""Works that belong to one work: asked for in similar words, made from it, hardly different from it."""

from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from gallery import kinship
from gallery.card_rows import COLUMNS, Card, as_card
from gallery.models import Category, Item, ItemCategory, SearchEntry

RELATED, MOST_MADE, MOST_VARIATIONS = 11, 8, 8
NO_CLUSTER = "-"
ON_THE_SHELF, OF_THE_MODEL = -1, -2  # how near these are; works with a similar prompt have a positive number


class Lineage(NamedTuple):
    """`origin` is the work this one was made from, `made` are works made from it, newest first."""

    origin: Card | None
    made: list[Card]


def related(item: Item, limit: int = RELATED, *, shelf: Category | None = None) -> list[Card]:
    """Works with a similar prompt, the most alike first; then the newest of the shelf, then of the model.

    One query. `shelf` is the item's own, where the caller has it. Near copies are left to `variations`.
    """
    of_model = Item.objects.listed().filter(model_id=item.model_id, media_type=item.media_type)
    found = alike(item, limit).union(
        newest(on_shelf(item, shelf).values("item")[: limit + 1], nearness=ON_THE_SHELF),
        newest(of_model.newest().values("pk")[: limit + 1], nearness=OF_THE_MODEL),
        all=True,
    )
    cards: dict[UUID, Card] = {}
    for *row, _nearness in found.order_by("-nearness", "-published_at", "-id"):
        cards.setdefault(row[0], as_card(tuple(row)))
    cards.pop(item.pk, None)
    return list(cards.values())[:limit]


def alike(item: Item, limit: int) -> QuerySet:
    """Listed works whose prompts share bands with this one's, but no near copies of it."""
    bands = kinship.shared(kinship.public_prompt(item)).exclude(entry__item=item)
    bands = bands.exclude(entry__cluster=Coalesce(Subquery(own_cluster(item)), Value(NO_CLUSTER)))
    counted = bands.values("entry__item").annotate(n=Count("band")).filter(n__gte=kinship.AKIN)
    nearest = counted.order_by("-n", "-entry__item").values("entry__item")[:limit]
    nearness = counted.filter(entry__item=OuterRef("pk")).values("n")
    works = Item.objects.listed().filter(pk__in=nearest).annotate(nearness=Subquery(nearness))
    return works.order_by().values_list(*COLUMNS, "nearness")


def on_shelf(item: Item, shelf: Category | None) -> QuerySet:
    """Placements on the item's own shelf, newest first."""
    own = Category.objects.active().filter(placements__item=item, placements__is_own=True).values("pk")[:1]
    here = Q(category=shelf or Subquery(own), published_at__isnull=False)
    return ItemCategory.objects.filter(here).order_by("-published_at", "-item")


def newest(ids: QuerySet, *, nearness: int) -> QuerySet:
    works = Item.objects.filter(pk__in=ids).annotate(nearness=Value(nearness, output_field=IntegerField()))
    return works.order_by().values_list(*COLUMNS, "nearness")


def lineage(item: Item, limit: int = MOST_MADE) -> Lineage:
    """Where the work comes from and what came of it, as far as it is listed; one query."""
    listed = Item.objects.listed().order_by().values_list(*COLUMNS)
    made = Item.objects.filter(made_from=item).listed().newest().values("pk")[:limit]
    found = listed.filter(pk=item.made_from_id).union(listed.filter(pk__in=made), all=True)
    cards = [as_card(row) for row in found.order_by("-published_at", "-id")]
    origin = next((card for card in cards if card.id == item.made_from_id), None)
    return Lineage(origin, [card for card in cards if card is not origin])


def variations(item: Item, limit: int = MOST_VARIATIONS) -> list[Card]:
    """Listed works that hardly differ from this one, newest first."""
    same = SearchEntry.objects.filter(cluster=Subquery(own_cluster(item))).exclude(item=item)
    columns = [f"item__{name}" for name in COLUMNS]
    return [as_card(row) for row in same.order_by("-published_at", "-item_id").values_list(*columns)[:limit]]


def own_cluster(item: Item) -> QuerySet:
    return SearchEntry.objects.filter(item=item).exclude(cluster="").values("cluster")[:1]
