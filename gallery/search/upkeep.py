"""Keeping the search entries in step with the works. Callers hold the transaction."""

from collections.abc import Iterable

from gallery.models import Item, ItemStats, SearchEntry
from gallery.search import spelling
from gallery.search.contents import entry_of, texts_of

BATCH = 500


def refresh(item: Item) -> SearchEntry | None:
    """Make the entry say what the item says; there is one exactly while the item is listed."""
    ItemStats.objects.filter(item=item).update(published_at=item.published_at if item.is_listed else None)
    if not item.is_listed:
        SearchEntry.objects.filter(item=item).delete()
        return None
    entry, is_new = SearchEntry.objects.get_or_create(item=item, defaults=(fields := entry_of(item)))
    if not is_new:
        SearchEntry.objects.filter(pk=entry.pk).update(**fields)
    spelling.learn(texts_of(item))
    return entry


def enter(items: Iterable[Item]) -> None:
    """Entries for many listed works that have none yet, a batch at a time: for loading in bulk."""
    batch: list[Item] = []
    for item in items:
        batch.append(item)
        if len(batch) == BATCH:
            enter_batch(batch)
            batch = []
    enter_batch(batch)


def enter_batch(items: list[Item]) -> None:
    SearchEntry.objects.bulk_create(SearchEntry(item=item, **entry_of(item)) for item in items)
    stats = [ItemStats(item=item, published_at=item.published_at) for item in items]
    ItemStats.objects.bulk_create(
        stats, update_conflicts=True, unique_fields=["item"], update_fields=["published_at"]
    )
    spelling.learn(text for item in items for text in texts_of(item))
