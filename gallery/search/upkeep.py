"""Keeping the search entries in step with the works. Callers hold the transaction."""

from collections.abc import Iterable

from gallery import kinship
from gallery.models import Item, ItemStats, SearchEntry
from gallery.search import clusters, spelling
from gallery.search.contents import entry_of, texts_of

BATCH = 500


def refresh(item: Item) -> set[int]:
    """Make the entry say what the item says; there is one exactly while the item is listed.

    Returns the entries whose pages may have changed with it: its own, and those of works nearly the same.
    """
    ItemStats.objects.filter(item=item).update(published_at=item.published_at if item.is_listed else None)
    before = SearchEntry.objects.filter(item=item).values_list("pk", "cluster").first()
    if not item.is_listed:
        SearchEntry.objects.filter(item=item).delete()
        return touched(before)
    fields = entry_of(item) | {"cluster": clusters.cluster_of(item)}
    if before is None:
        entry = SearchEntry.objects.create(item=item, **fields)
    else:
        entry = SearchEntry(pk=before[0], **fields)
        SearchEntry.objects.filter(pk=entry.pk).update(**fields)
    kinship.keep(entry.pk, kinship.public_prompt(item))
    spelling.learn(texts_of(item))
    return touched(before) | touched((entry.pk, entry.cluster))


def touched(entry: tuple[int, str] | None) -> set[int]:
    if entry is None:
        return set()
    pk, cluster = entry
    return {pk, *SearchEntry.objects.filter(cluster=cluster).exclude(cluster="").values_list("pk", flat=True)}


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
    entries = SearchEntry.objects.bulk_create(
        SearchEntry(item=item, cluster=clusters.by_prompt(item) or item.pk.hex, **entry_of(item))
        for item in items
    )
    kinship.add({entry.pk: kinship.bands(kinship.public_prompt(entry.item)) for entry in entries})
    stats = [ItemStats(item=item, published_at=item.published_at) for item in items]
    ItemStats.objects.bulk_create(
        stats, update_conflicts=True, unique_fields=["item"], update_fields=["published_at"]
    )
    spelling.learn(text for item in items for text in texts_of(item))
