"""A person's credit statement, newest first, in pages or whole."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import LedgerEntry, User
from smartspec.lib import cursors

USUAL_PAGE = 50
LARGEST_PAGE = 100
OLDER, NEWER = "older", "newer"


@dataclass(frozen=True)
class Page:
    """`older` and `newer` are cursors, None where the statement ends."""

    entries: list[LedgerEntry]
    older: str | None
    newer: str | None


def entries_of(user: User) -> QuerySet[LedgerEntry]:
    return LedgerEntry.objects.owned_by(user).select_related("hold")


def everything(user: User) -> Iterator[LedgerEntry]:
    """All entries, newest first, a bounded number in memory."""
    return entries_of(user).iterator(chunk_size=500)


def page(user: User, *, cursor: str = "", limit: int = USUAL_PAGE) -> Page:
    """Raises InvalidInput on a cursor that is not one of ours."""
    rows, direction = entries_of(user), OLDER
    if cursor:
        direction, at, entry_id = _read(cursor)
        rows = rows.filter(_beyond(direction, at, entry_id))
    if direction == NEWER:  # nearest first, so turned around at the end
        found = list(rows.order_by("created_at", "id")[: limit + 1])
        return _page(found[:limit][::-1], older=True, newer=len(found) > limit)
    found = list(rows[: limit + 1])
    return _page(found[:limit], older=len(found) > limit, newer=bool(cursor))


def _page(entries: list[LedgerEntry], *, older: bool, newer: bool) -> Page:
    return Page(
        entries=entries,
        older=_cursor(OLDER, entries[-1]) if entries and older else None,
        newer=_cursor(NEWER, entries[0]) if entries and newer else None,
    )


def _beyond(direction: str, at: datetime, entry_id: uuid.UUID) -> Q:
    side = "lt" if direction == OLDER else "gt"
    return Q(**{f"created_at__{side}": at}) | Q(**{"created_at": at, f"id__{side}": entry_id})


def _cursor(direction: str, entry: LedgerEntry) -> str:
    return cursors.pack(direction, entry.created_at.isoformat(), str(entry.id))


def _read(cursor: str) -> tuple[str, datetime, uuid.UUID]:
    direction, at, entry_id = cursors.unpack(cursor, size=3)
    try:
        moment, identity = datetime.fromisoformat(at), uuid.UUID(entry_id)
    except ValueError as error:
        raise cursors.bad_cursor() from error
    if direction not in (OLDER, NEWER) or moment.tzinfo is None or not 1970 <= moment.year < 9999:
        raise cursors.bad_cursor()
    return direction, moment, identity
