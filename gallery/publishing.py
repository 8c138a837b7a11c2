"""Which shelves an item stands on, and what being listed means for them. Callers hold the transaction."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F

from gallery.errors import UnknownCategory
from gallery.models import Category, Item, ItemCategory
from gallery.shelves import ancestors


def categories_named(slugs: Iterable[str]) -> list[Category]:
    found = {each.slug: each for each in Category.objects.filter(slug__in=set(slugs))}
    for slug in slugs:
        if slug not in found:
            raise UnknownCategory(slug=slug)
    return list(found.values())


def place(item: Item, categories: Iterable[Category]) -> bool:
    """Put `item` on exactly these shelves, and with them on all shelves above."""
    wanted = {category.pk: True for category in categories}
    for category in categories:
        for above in ancestors(category):
            wanted.setdefault(above.pk, False)
    present = dict(item.placements.values_list("category_id", "is_own"))
    if wanted == present:
        return False
    listed_at = item.published_at if item.is_listed else None
    leaving = present.keys() - wanted.keys()
    arriving = wanted.keys() - present.keys()
    item.placements.filter(category__in=leaving).delete()
    for is_own in (True, False):
        same = [pk for pk in wanted.keys() & present.keys() if wanted[pk] is is_own]
        item.placements.filter(category__in=same).exclude(is_own=is_own).update(is_own=is_own)
    ItemCategory.objects.bulk_create(
        ItemCategory(item=item, category_id=pk, is_own=wanted[pk], published_at=listed_at) for pk in arriving
    )
    if listed_at:
        count(leaving, by=-1)
        count(arriving, by=1)
    return True


def own_shelves(item: Item) -> list[str]:
    """Slugs of the shelves that it was put on, in alphabetical order."""
    own = item.placements.filter(is_own=True)
    return list(own.order_by("category__slug").values_list("category__slug", flat=True))


def list_on_shelves(item: Item, *, since: datetime) -> None:
    """Show `item` on its shelves, dated `since`; the counters move only for shelves that did not show it."""
    unlisted = item.placements.filter(published_at=None)
    shelves = list(unlisted.values_list("category_id", flat=True))
    unlisted.update(published_at=since)
    count(shelves, by=1)


def take_off_shelves(item: Item) -> None:
    listed = item.placements.filter(published_at__isnull=False)
    shelves = list(listed.values_list("category_id", flat=True))
    listed.update(published_at=None)
    count(shelves, by=-1)


def settle_on_shelves(item: Item) -> None:
    """Make the shelves say what the item's row says."""
    if item.is_listed:
        list_on_shelves(item, since=item.published_at)
    else:
        take_off_shelves(item)


def count(shelves: Iterable, *, by: int) -> None:
    for pk in sorted(shelves):  # always in the same order, so that two moderators cannot wait for each other
        Category.objects.filter(pk=pk).update(item_count=F("item_count") + by)


@transaction.atomic
def replant(category: Category) -> int:
    """After `category` moved in the tree: place every item from it downwards anew. Returns how many."""
    ids = ItemCategory.objects.filter(category=category).values("item")
    below = Item.objects.select_for_update().filter(pk__in=ids)
    for item in below:
        place(item, Category.objects.filter(placements__item=item, placements__is_own=True))
    return len(below)
