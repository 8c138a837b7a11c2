"""What can be put in order by hand, as rows of a page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from gallery.desk import looks
from gallery.models import Category, Item

STEPS = {"up": -1, "down": 1}


@dataclass
class Row:
    id: UUID
    name: str
    lang: str = ""
    picture: str = ""
    rows: list["Row"] = field(default_factory=list)  # a branch of its own


def branches(categories: Iterable[Category]) -> list[Row]:
    """The whole tree, also what is switched off."""
    found = list(categories)
    rows = {each.pk: Row(each.pk, each.name, "en") for each in found}
    for each in found:
        if each.parent_id:
            rows[each.parent_id].rows.append(rows[each.pk])
    return [rows[each.pk] for each in found if each.parent_id is None]


def wall(items: Iterable[Item]) -> list[Row]:
    return [
        Row(each.pk, each.title, each.language, looks.picture_url(each, width=320) or "") for each in items
    ]


def flat(rows: Iterable[Row]) -> list[UUID]:
    return [pk for row in rows for pk in (row.id, *flat(row.rows))]


def stepped(rows: Sequence[Row], wanted: str) -> list[UUID]:
    """All ids in order after one step of one row among its neighbours: `up:<id>` or `down:<id>`."""
    word, _colon, pk = wanted.partition(":")
    for siblings in groups(rows):
        ids = [str(row.id) for row in siblings]
        if word in STEPS and pk in ids:
            at = ids.index(pk)
            to = min(max(at + STEPS[word], 0), len(ids) - 1)
            return [row.id for row in swapped(siblings, at, to)]
    return []


def groups(rows: Sequence[Row]) -> Iterable[Sequence[Row]]:
    yield rows
    for row in rows:
        yield from groups(row.rows)


def swapped(rows: Sequence[Row], one: int, other: int) -> list[Row]:
    changed = list(rows)
    changed[one], changed[other] = changed[other], changed[one]
    return changed
