"""Works that belong to one work: asked for in similar words, made from it, hardly different from it."""

from functools import cache, partial
from itertools import zip_longest
from typing import NamedTuple
from uuid import UUID

from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
)
from django.db.models.functions import Coalesce

from gallery import kinship
from gallery.card_rows import Card, as_card, columns
from gallery.models import Category, Item, ItemCategory, PromptBand, SearchEntry
from smartspec.lib.prepared import Given, Prepared

RELATED, MOST_MADE, MOST_VARIATIONS = 11, 8, 8
NO_CLUSTER = "-"
ON_THE_SHELF, OF_THE_MODEL = -1, -2  # how near these are; works with a similar prompt have a positive number
ID, SHELF = Given("id", UUIDField()), Given("shelf", UUIDField())
MODEL_ID, MEDIA_TYPE = Given("model_id", CharField()), Given("media_type", CharField())
BANDS = [Given(f"band_{place}", BigIntegerField()) for place in range(kinship.BANDS)]


class Lineage(NamedTuple):
    """`origin` is the work this one was made from, `made` are works made from it, newest first."""

    origin: Card | None
    made: list[Card]


def related(item: Item, limit: int = RELATED, *, shelf: Category | None = None) -> list[Card]:
    """Works with a similar prompt, the most alike first; then the newest of the shelf, then of the model.

    One query. `shelf` is the item's own, where the caller has it. Near copies are left to `variations`.
    """
    bands = kinship.bands(kinship.public_prompt(item))
    found = kin(limit, knows_shelf=shelf is not None).rows(
        id=item.pk,
        model_id=item.model_id,
        media_type=item.media_type,
        shelf=shelf.pk if shelf else None,
        **{band.name: value for band, value in zip_longest(BANDS, bands)},
    )
    cards: dict[UUID, Card] = {}
    for *row, _nearness in found:
        cards.setdefault(row[0], as_card(row))
    cards.pop(item.pk, None)
    return list(cards.values())[:limit]


@cache
def kin(limit: int, *, knows_shelf: bool) -> Prepared:
    return Prepared(partial(relations, limit, knows_shelf=knows_shelf))


def relations(limit: int, *, knows_shelf: bool) -> QuerySet:
    of_model = Item.objects.listed().filter(model_id=MODEL_ID, media_type=MEDIA_TYPE)
    found = alike(limit).union(
        newest(on_shelf(knows_shelf=knows_shelf).values("item")[: limit + 1], nearness=ON_THE_SHELF),
        newest(of_model.newest().values("pk")[: limit + 1], nearness=OF_THE_MODEL),
        all=True,
    )
    return found.order_by("-nearness", "-published_at", "-id")


def alike(limit: int) -> QuerySet:
    """Works whose prompts share bands with this one's (only listed ones have any), near copies left out.

    Bands are counted before anything is joined: a thousand of them lead to a handful of works. Near copies
    share all bands, and a band has room for `kinship.FULL`: behind so many stand those that are looked for.
    """
    shared = PromptBand.objects.filter(band__in=BANDS)
    counted = shared.values("entry").annotate(n=Count("band")).filter(n__gte=kinship.AKIN)
    nearest = counted.order_by("-n", "-entry").values("entry")[: limit + kinship.FULL]
    kin = SearchEntry.objects.filter(pk__in=nearest).exclude(item=ID)
    others = kin.exclude(cluster=Coalesce(Subquery(cluster_of(ID)), Value(NO_CLUSTER)))
    wanted = others.annotate(n=shared_by(OuterRef("pk"))).order_by("-n", "-pk").values("item")[:limit]
    works = Item.objects.filter(pk__in=wanted).annotate(nearness=shared_by(OuterRef("search_entry__pk")))
    return works.order_by().values_list(*columns(), "nearness")


def shared_by(entry: OuterRef) -> Subquery:
    """How many bands the entry has in common with this work."""
    shared = PromptBand.objects.filter(band__in=BANDS, entry=entry).values("entry")
    return Subquery(shared.annotate(n=Count("band")).values("n"))


def on_shelf(*, knows_shelf: bool) -> QuerySet:
    """Placements on the item's own shelf, newest first."""
    own = Category.objects.active().filter(placements__item=ID, placements__is_own=True).values("pk")[:1]
    here = Q(category=SHELF if knows_shelf else Subquery(own), published_at__isnull=False)
    return ItemCategory.objects.filter(here).order_by("-published_at", "-item")


def newest(ids: QuerySet, *, nearness: int) -> QuerySet:
    works = Item.objects.filter(pk__in=ids).annotate(nearness=Value(nearness, output_field=IntegerField()))
    return works.order_by().values_list(*columns(), "nearness")


def lineage(item: Item, limit: int = MOST_MADE) -> Lineage:
    """Where the work comes from and what came of it, as far as it is listed; one query."""
    listed = Item.objects.listed().order_by().values_list(*columns())
    made = Item.objects.filter(made_from=item).listed().newest().values("pk")[:limit]
    found = listed.filter(pk=item.made_from_id).union(listed.filter(pk__in=made), all=True)
    cards = [as_card(row) for row in found.order_by("-published_at", "-id")]
    origin = next((card for card in cards if card.id == item.made_from_id), None)
    return Lineage(origin, [card for card in cards if card is not origin])


def variations(item: Item, limit: int = MOST_VARIATIONS) -> list[Card]:
    """Listed works that hardly differ from this one, newest first."""
    same = SearchEntry.objects.filter(cluster=Subquery(cluster_of(item))).exclude(item=item)
    newest_first = same.order_by("-published_at", "-item_id")
    return [as_card(row) for row in newest_first.values_list(*columns("item__"))[:limit]]


def cluster_of(item: Item | Given) -> QuerySet:
    return SearchEntry.objects.filter(item=item).exclude(cluster="").values("cluster")[:1]
