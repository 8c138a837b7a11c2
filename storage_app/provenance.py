"""What made a work, and whether a file that somebody brings was made here."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Q, QuerySet

from storage_app.errors import Unreadable
from storage_app.models import Asset, LikenessBand, Rendition
from storage_app.objects import original_of
from storage_app.probing import Facts, describe, sha256_of, type_of
from storage_app.storages.addresses import place_of

BANDS = 4  # of 16 bits; works that differ in three bits or less surely share one
ALIKE_WITHIN = 5  # bits of 64 that a copy may differ in
SAME_SHAPE = 0.03  # of the ratio of its sides
SAME_COLOUR = 16  # of 255, in each channel of the average


@dataclass(frozen=True)
class Making:
    """What a published file says about itself."""

    model: str = ""
    made_at: datetime | None = None
    is_composite: bool = False  # made from other pictures
    is_foreign: bool = False  # not made here: then no tool of ours is named

    def told(self) -> dict:
        moment = self.made_at.isoformat(timespec="seconds") if self.made_at else ""
        if self.is_foreign:
            return {"tool": "", "is_composite": self.is_composite}
        return {"model": self.model, "made_at": moment, "is_composite": self.is_composite}


@dataclass(frozen=True)
class Finding:
    """A work of ours behind a file; `distance` is 0 for the very same bytes."""

    asset: Asset
    is_exact: bool
    distance: int = 0


def making_of(asset: Asset) -> Making:
    return Making(asset.made_with, asset.made_at or asset.created_at, asset.is_composite, asset.is_foreign)


def look_up(*, path: Path | None = None, sha256: str = "", address: str = "") -> Finding | None:
    """The work of ours that this file is, or nearly is; `address` is that of one of our files.

    Private works answer to their very bytes only, or to an address that opens them; published ones to
    anything that looks like them. Uploads are not ours. Raises nothing for a file that cannot be read:
    it is simply not found.
    """
    if address:
        place = place_of(address)
        return place and by_place(*place)
    if exact := by_sha256(sha256 or sha256_of(path)):
        return Finding(exact, is_exact=True)
    if path is None:
        return None
    try:
        facts = describe(path, media_type=type_of(path).media_type)
    except Unreadable:
        return None
    return by_likeness(facts)


def made_here() -> QuerySet:
    return Asset.objects.filter(is_foreign=False)


def by_place(visibility: str, key: str) -> Finding | None:
    """The work with this object, or with something made from it."""
    mine = Q(file=key) | Q(pk__in=Rendition.objects.filter(file=key).values("asset"))
    found = made_here().filter(mine, visibility=visibility).first()
    return found and Finding(found, is_exact=True)


def by_sha256(sha256: str) -> Asset | None:
    """Published works first."""
    same = made_here().filter(Q(sha256=sha256) | Q(source_sha256=sha256))
    return same.order_by("-visibility", "created_at").first()


def by_likeness(facts: Facts) -> Finding | None:
    """The published work that looks most like it, if one does: in light and dark, in colour, in shape."""
    if facts.likeness is None:
        return None
    shares_a_band = Q()
    for place, bits in bands(facts.likeness):
        shares_a_band |= Q(place=place, bits=bits)
    near = LikenessBand.objects.filter(shares_a_band).values("asset")
    rows = made_here().public().filter(pk__in=near).only("likeness", "colour", "width", "height")
    found = [
        (distance(facts.likeness, one.likeness), str(one.pk)) for one in rows.iterator() if akin(facts, one)
    ]
    nearest, pk = min(found, default=(ALIKE_WITHIN + 1, ""))
    if nearest > ALIKE_WITHIN:
        return None
    return Finding(Asset.objects.get(pk=pk), is_exact=False, distance=nearest)


def akin(facts: Facts, other: Asset) -> bool:
    shapes = (facts.width / facts.height, other.width / other.height)
    channels = [(int(facts.colour[at : at + 2], 16), int(other.colour[at : at + 2], 16)) for at in (1, 3, 5)]
    return abs(shapes[0] / shapes[1] - 1) <= SAME_SHAPE and all(
        abs(mine - its) <= SAME_COLOUR for mine, its in channels
    )


def look_at(asset: Asset) -> bool:
    """Learn how a work looks that was stored before anybody remembered; False for an even surface.

    Raises Unreadable or StorageFailed.
    """
    if asset.likeness is None:
        with original_of(asset) as path:
            asset.likeness = describe(path, media_type=asset.media_type).likeness
    with transaction.atomic():
        found = Asset.objects.select_for_update().filter(pk=asset.pk).update(likeness=asset.likeness)
        if found and asset.render_all:  # the copy of a work, which is to be shown
            remember_likeness(asset)
    return asset.likeness is not None


def remember_likeness(asset: Asset) -> None:
    """In the caller's transaction: this work can be found by how it looks once it is published."""
    if asset.likeness is not None:
        rows = [LikenessBand(asset=asset, place=place, bits=bits) for place, bits in bands(asset.likeness)]
        LikenessBand.objects.bulk_create(rows, ignore_conflicts=True)


def bands(likeness: int) -> list[tuple[int, int]]:
    return [(place, likeness >> 16 * place & 0xFFFF) for place in range(BANDS)]


def distance(one: int, other: int) -> int:
    return ((one ^ other) & (2**64 - 1)).bit_count()
