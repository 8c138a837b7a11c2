"""What a list, a shelf and an item page read: few queries, no counting, no deep offsets."""

from functools import lru_cache, partial
from typing import NamedTuple

from django.db.models import CharField, F, Q, QuerySet, UUIDField
from django.utils import timezone

from gallery.archive import month_bounds, months
from gallery.card_rows import Card, as_card, columns
from gallery.models import Category, Item, ItemCategory, ItemStats, OldSlug, SearchEntry
from gallery.nearby import Lineage, lineage, related, variations
from gallery.orders import FEATURED, FOUND, NEWEST, POPULAR, SHELF, Order, cursor_at, walk
from gallery.shelves import active_category, category_tree, former
from gallery.slugs import slugify
from gallery.walking import Asked, take
from smartspec.lib import tokens
from smartspec.lib.prepared import Given, Prepared

__all__ = [
    "Card",
    "Lineage",
    "Listing",
    "active_category",
    "cards",
    "category_tree",
    "former",
    "is_removed",
    "item_by_slug",
    "lineage",
    "months",
    "old_slug_target",
    "related",
    "variations",
]

PAGE_SIZE = 24
MAX_PAGES = 50  # numbered pages; further back by cursor
CLOCKED = {name for name, order in POPULAR.items() if order.within}  # sorts that depend on the time of day
GIVEN = {
    "media_type": Given("media_type", CharField()),
    "category": Given("category", UUIDField()),
    "model": Given("model", CharField()),
}


class Listing(NamedTuple):
    items: list[Card]
    next_cursor: str | None
    has_next: bool


def cards(
    *,
    media_type: str | None = None,
    category: Category | None = None,
    model: str | None = None,
    featured: bool | None = None,
    month: tuple[int, int] | None = None,
    q: str | None = None,
    sort: str = "recent",
    page: int | None = None,
    cursor: str | None = None,
    limit: int = PAGE_SIZE,
) -> Listing:
    """One page of cards in one query (two for a search that finds little).

    `page` counts from 1 to MAX_PAGES; `cursor` comes from the page before and has no limit. `month` is
    (year, month).
    """
    if page and not 1 <= page <= MAX_PAGES:
        return Listing([], None, False)
    skip = (page - 1) * limit if page else 0
    if q is None and month is None and cursor is None and sort not in CLOCKED:
        wishes = {"media_type": media_type, "category": category and category.pk, "model": model}
        given = {name: value for name, value in wishes.items() if value is not None}
        question = usual(frozenset(given), featured, sort, skip, limit + 1)
        return paged(question.prepared.rows(**given), order=question.order, limit=limit)
    found = asked(
        media_type=media_type, category=category, model=model, featured=featured, month=month, q=q, sort=sort
    )
    taken = take(found, size=limit + 1, skip=skip, cursor=cursor, shape=partial(as_rows, found))
    return paged(taken.rows, order=found.order, limit=limit)


class Question(NamedTuple):
    prepared: Prepared
    order: Order


@lru_cache(1_024)
def usual(wishes: frozenset[str], featured: bool | None, sort: str, skip: int, size: int) -> Question:
    """A page of works with these wishes, written once: the wishes' values come later.

    Not so `featured`: SQLite uses the index of featured works only where the statement says so itself.
    """
    found = asked(**{name: GIVEN[name] for name in wishes}, featured=featured, sort=sort)

    def build() -> QuerySet:
        return as_rows(found, walk(found.rows, found.order).rows)[skip : skip + size]

    return Question(Prepared(build), found.order)


def as_rows(found: Asked, rows: QuerySet) -> QuerySet:
    return rows.values_list(*columns(found.prefix), *found.order.fields)


def asked(
    *,
    media_type: str | None = None,
    category: Category | None = None,
    model: str | None = None,
    featured: bool | None = None,
    month: tuple[int, int] | None = None,
    q: str | None = None,
    sort: str = "recent",
) -> Asked:
    """The listed works that answer these wishes, in no order yet. `q` is left out, or text to be found."""
    source = source_of(category=category, q=q, sort=sort)
    rows, prefix = source.rows, source.prefix
    exact = {"media_type": media_type, "model_id": model, "is_featured": featured}
    own = ("media_type",) if source.order is FOUND else ()  # search entries have it too
    wishes = {
        name if name in own else prefix + name: value for name, value in exact.items() if value is not None
    }
    if category and source.order is not SHELF:
        wishes[f"{prefix}placements__category"] = category
    if source.order.within:
        rows = rows.filter(published_at__gte=timezone.now() - source.order.within)
    if month:
        since, until = month_bounds(*month)
        rows = rows.filter(published_at__gte=since, published_at__lt=until)
    return source._replace(rows=rows.filter(**wishes))


def source_of(*, category: Category | None, q: str | None, sort: str) -> Asked:
    """The rows with an index in the wanted order. All but items stand, or have a date, only while listed."""
    query = tokens.query(q) if q else None
    if sort in POPULAR:
        return Asked(ItemStats.objects.listed(), POPULAR[sort], "item__", query, "item__search_entry__")
    if query is not None:
        return Asked(SearchEntry.objects.all(), FOUND, "item__", query)
    if category:
        shelf = ItemCategory.objects.filter(category=category, published_at__isnull=False)
        return Asked(shelf, SHELF, "item__")
    if sort == FEATURED.name:
        return Asked(Item.objects.listed().annotate(rank=-F("display_order")), FEATURED)
    return Asked(Item.objects.listed(), NEWEST)


def paged(rows: list[tuple], *, order: Order, limit: int) -> Listing:
    has_next = len(rows) > limit
    rows = rows[:limit]
    width = len(Card._fields)
    next_cursor = cursor_at(order, rows[-1][width:]) if has_next else None
    return Listing([as_card(row[:width]) for row in rows], next_cursor, has_next)


def item_by_slug(slug: str) -> Item | None:
    """The shown item with exactly this slug."""
    return next(iter(SHOWN.instances(slug=slug)), None)


def shown() -> QuerySet:
    slug = Given("slug", CharField())
    return Item.objects.public().select_related("media", "stats").with_indexing().filter(slug=slug).order_by()


SHOWN = Prepared(shown)


def old_slug_target(slug: str) -> str | None:
    """The slug to redirect to: of a renamed item, or of the same words written in another way."""
    renamed = OldSlug.objects.filter(
        slug=slug, item__status=Item.Status.APPROVED, item__is_public=True
    ).values_list("item__slug", flat=True)
    target = renamed.first()
    if target is None and (same := slugify(slug)) != slug:
        target = Item.objects.public().filter(slug=same).values_list("slug", flat=True).first()
    return target if target != slug else None


def is_removed(slug: str) -> bool:
    """Whether something was shown here and is gone for good."""
    gone = Q(slug=slug) | Q(old_slugs__slug=slug)
    return Item.objects.filter(gone, status=Item.Status.REMOVED, published_at__isnull=False).exists()
