"""Order and shape of what staff arrange: shelves within their branch, featured works, shelves made one."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from accounts.models import User
from gallery import decisions, editing, publishing
from gallery.errors import MergedIntoItself
from gallery.models import Category, Item, OldShelfSlug
from gallery.shelves import ancestors

MOST_FEATURED = 200  # beyond that nobody arranges by hand


@transaction.atomic
def arrange_shelves(ids: Sequence[UUID]) -> list[Category]:
    """Number the categories in this order, each branch by itself; returns those that moved."""
    rows = Category.objects.select_for_update().in_bulk(list(ids))
    places: Counter = Counter()
    moved = []
    for category in (rows[pk] for pk in dict.fromkeys(ids) if pk in rows):
        places[category.parent_id] += 1
        if category.display_order != places[category.parent_id]:
            category.display_order = places[category.parent_id]
            category.save(update_fields=["display_order"])
            moved.append(category)
    return moved


def featured() -> list[Item]:
    """In the order in which the front page chooses its lead and the API lists them."""
    found = Item.objects.listed().filter(is_featured=True).select_related("media")
    return list(found.order_by("display_order", "-published_at", "-id")[:MOST_FEATURED])


@transaction.atomic
def arrange_featured(ids: Sequence[UUID], *, by: User) -> int:
    """Number the featured works in this order; each that moves has it in its history. Returns how many."""
    works = Item.objects.filter(is_featured=True).in_bulk(list(ids))
    in_order = [works[pk] for pk in dict.fromkeys(ids) if pk in works]
    return sum(
        editing.edit(item, by=by, fields={"display_order": place}) for place, item in enumerate(in_order, 1)
    )


@transaction.atomic
def merge(category: Category, *, into: Category, by: User) -> int:
    """Move everything on `category` to `into` and let its addresses lead there for ever.

    Returns how many works moved; each has it in its history.
    """
    locked = Category.objects.select_for_update().in_bulk([category.pk, into.pk])
    category, into = locked[category.pk], locked[into.pk]
    if category in (into, *ancestors(into)):
        raise MergedIntoItself
    own = category.placements.filter(is_own=True).values("item")
    works = list(Item.objects.select_for_update().filter(pk__in=own))
    for item in works:
        slugs = [slug for slug in publishing.own_shelves(item) if slug != category.slug]
        moved = editing.shelve(item, [*slugs, into.slug])
        decisions.write(item, by=by, action="merge", also=moved)
    for child in category.children.all():
        child.parent = into
        child.save()
        publishing.replant(child)
    OldShelfSlug.objects.filter(category=category).update(category=into)
    OldShelfSlug.objects.create(slug=category.slug, category=into)
    category.delete()
    return len(works)


@transaction.atomic
def leave_slug(category: Category, slug: str) -> None:
    """`category` was at `slug` until now: that leads to it for ever, and its new address is its own."""
    OldShelfSlug.objects.filter(slug=category.slug, category=category).delete()
    OldShelfSlug.objects.get_or_create(slug=slug, defaults={"category": category})
