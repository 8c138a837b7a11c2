"""Works that a moderator should know of before judging one: copies, near copies, refused twins."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from gallery.desk import looks
from gallery.models import Item

COMPARED = ("pending", "approved", "rejected")
LOOKED_AT = 200  # latest works of each of these states
SHOWN = 6
ALIKE = 0.6  # share of common three-letter pieces of two prompts
PIECE = 3


@dataclass(frozen=True)
class Twin:
    item: Item
    why: str

    @property
    def picture_url(self) -> str:
        return looks.picture_url(self.item, width=320) or ""


def similar(item: Item) -> list[Twin]:
    """The most alike first: the same file, then prompts that say almost the same."""
    same = same_files(item)
    known = {item.pk, *(twin.pk for twin in same)}
    mine = pieces(item.prompt)
    scored = [
        (share, pk)
        for pk, prompt in candidates(item)
        if pk not in known and (share := likeness(mine, pieces(prompt))) >= ALIKE
    ]
    best = [pk for _share, pk in sorted(scored, reverse=True)[:SHOWN]]
    alike = Item.objects.select_related("media").in_bulk(best)
    twins = [Twin(twin, _("same file")) for twin in same]
    twins += [
        Twin(alike[pk], _("like a rejected work") if alike[pk].status == "rejected" else _("near copy"))
        for pk in best
    ]
    return twins[:SHOWN]


def same_files(item: Item) -> list[Item]:
    if item.media is None:
        return []
    others = Item.objects.select_related("media").filter(media__sha256=item.media.sha256)
    return list(others.exclude(pk=item.pk)[:SHOWN])


def candidates(item: Item) -> Iterable[tuple]:
    """(id, prompt) of the latest works of each kind of state: every list is one short walk of an index."""
    rows = Item.objects.exclude(prompt="").order_by("-created_at").values_list("pk", "prompt")
    found: dict = {}
    for status in COMPARED:
        found.update(rows.filter(status=status)[:LOOKED_AT])
    return found.items()


def pieces(text: str) -> set[str]:
    """Pieces of three letters, which works for Thai as well as for English."""
    flat = " ".join(text.casefold().split())
    return {flat[at : at + PIECE] for at in range(max(1, len(flat) - PIECE + 1))} if flat else set()


def likeness(mine: set[str], theirs: set[str]) -> float:
    """0 for nothing in common, 1 for the same."""
    together = len(mine | theirs)
    return len(mine & theirs) / together if together else 0.0
