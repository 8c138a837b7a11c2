"""Which works are nearly the same: by what was asked for, and by how they look.

A cluster is only a name that they share. Its oldest listed work stands for all of them.
"""

import hashlib

from django.db.models import Q

from gallery.models import Item, SearchEntry
from smartspec.lib import tokens
from storage_app.models import LikenessBand
from storage_app.provenance import ALIKE_WITHIN, akin, bands, distance

COMPARED = 200  # works that share a quarter of the likeness; a plain wall shares it with very many


def by_prompt(item) -> str:
    """The same for works of one kind whose prompts differ in nothing but spelling, order or case."""
    said = tokens.text([item.prompt]).tokens
    if not said:
        return ""
    return hashlib.blake2b(" ".join([item.media_type, *said]).encode(), digest_size=16).hexdigest()


def cluster_of(item: Item) -> str:
    """The name that the oldest work of the same look already has, else one made from the prompt."""
    older = [entry for entry in look_alikes(item) if is_older(entry, item)]
    if not older:
        return by_prompt(item) or item.pk.hex
    oldest = min(older, key=lambda entry: (entry.published_at, entry.item_id))
    return oldest.cluster or oldest.item_id.hex


def is_older(entry: SearchEntry, item: Item) -> bool:
    return (entry.published_at, entry.item_id) < (item.published_at, item.pk)


def look_alikes(item: Item) -> list[SearchEntry]:
    """Entries of other listed works of this kind that look like it; they have their `item.media` at hand."""
    mine = item.media
    if mine is None or mine.likeness is None:
        return []
    shared = Q()
    for place, bits in bands(mine.likeness):
        shared |= Q(place=place, bits=bits)
    near = LikenessBand.objects.filter(shared).values("asset")
    entries = SearchEntry.objects.filter(item__media__in=near, media_type=item.media_type).exclude(item=item)
    oldest = entries.select_related("item__media").defer("tokens", "runs").order_by("published_at")[:COMPARED]
    return [entry for entry in oldest if looks_like(mine, entry.item.media)]


def looks_like(mine, its) -> bool:
    return (
        its.likeness is not None and distance(mine.likeness, its.likeness) <= ALIKE_WITHIN and akin(mine, its)
    )
