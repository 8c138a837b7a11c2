"""Holding what lies in storage against what the rows say, a page of each at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge

from django.core.files.storage import storages
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Collate
from django.utils import timezone

from storage_app import deletion
from storage_app.models import Asset, Deletion, Rendition
from storage_app.renditions import schedule
from storage_app.storages.stored import Listed

GRACE = timedelta(hours=24)  # what is younger may be on its way to a row
BYTE_ORDER = {"postgresql": "C", "sqlite": "BINARY"}  # collations that sort like a bucket does
PAGE = 2000  # rows held in memory
MISSING, ORPHANED, WRONG_SIZE = "missing", "orphaned", "wrong size"


@dataclass(frozen=True)
class Known:
    """An object that a row says there is."""

    key: str
    bytes: int


@dataclass(frozen=True)
class Finding:
    kind: str
    visibility: str
    key: str


def findings() -> Iterator[Finding]:
    """Everything that differs and still does when it is looked at again."""
    grace_ends = timezone.now() - GRACE
    for visibility, owners in places():
        listed = storages[visibility].listing()
        for kind, key, modified in differences(listed, known(owners)):
            finding = Finding(kind, visibility, key)
            if still_so(finding, modified, grace_ends):
                yield finding


def places() -> list[tuple[str, list[str]]]:
    """Each storage once, with the visibilities of the rows whose objects it holds."""
    if storages["private"].shares_objects_with(storages["public"]):
        return [("private", ["private", "public"])]
    return [("private", ["private"]), ("public", ["public"])]


def known(visibilities: list[str]) -> Iterator[Known]:
    """What the rows say, in the order of the bytes of the keys."""
    in_order = Collate(F("file"), BYTE_ORDER[connection.vendor])
    originals = Asset.objects.filter(visibility__in=visibilities)
    renditions = Rendition.objects.filter(asset__visibility__in=visibilities)
    streams = [
        rows.order_by(in_order).values_list("file", "bytes").iterator(chunk_size=PAGE)
        for rows in (originals, renditions)
    ]
    return (Known(key, size) for key, size in merge(*streams))


def differences(
    listed: Iterable[Listed], expected: Iterable[Known]
) -> Iterator[tuple[str, str, datetime | None]]:
    """(kind, key, when the object was changed) from two streams in the same order."""
    expected = iter(expected)
    row = next(expected, None)
    for found in listed:
        while row is not None and row.key < found.key:
            yield MISSING, row.key, None
            row = next(expected, None)
        if row is None or row.key > found.key:
            yield ORPHANED, found.key, found.modified
            continue
        if row.bytes != found.size:
            yield WRONG_SIZE, found.key, found.modified
        row = next(expected, None)
    while row is not None:
        yield MISSING, row.key, None
        row = next(expected, None)


def still_so(finding: Finding, modified: datetime | None, grace_ends: datetime) -> bool:
    """Rows and objects go on changing while they are compared."""
    owned = deletion.is_owned(finding.visibility, finding.key)
    if finding.kind == ORPHANED:
        is_old = modified is not None and modified < grace_ends
        return is_old and not owned and not Deletion.objects.filter(key=finding.key).exists()
    try:
        size = storages[finding.visibility].stat(finding.key).size
    except FileNotFoundError:
        return owned and finding.kind == MISSING
    return owned and finding.kind == WRONG_SIZE and size != size_in_row(finding.key)


def size_in_row(key: str) -> int | None:
    for rows in (Asset.objects, Rendition.objects):
        if found := rows.filter(file=key).values_list("bytes", flat=True).first():
            return found
    return None


@transaction.atomic
def fix(finding: Finding) -> bool:
    """Remove an orphan, have a rendition made anew; False for an original, which nobody can make anew."""
    if finding.kind == ORPHANED:
        deletion.discard(finding.visibility, [finding.key])
        return True
    rendition = Rendition.objects.select_related("asset").filter(file=finding.key).first()
    if rendition is None:
        return False
    deletion.discard(finding.visibility, [finding.key])
    rendition.delete()
    schedule(rendition.asset)
    return True
