"""Archives for their owners: kept for a time that is promised to the outbox from the very beginning.

No row of this room owns one. Its pending deletion does: should anybody die on the way, it still goes.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from storage_app import deletion
from storage_app.errors import StorageFailed
from storage_app.models import Asset, Deletion
from storage_app.objects import put

VISIBILITY = "private"


def place(path: Path, *, key: str) -> None:
    """For an hour, unless `keep` is called; outside a transaction. Raises StorageFailed."""
    deletion.discard_unless_adopted(VISIBILITY, [key])
    put(path, key=key, content_type="application/zip", visibility=VISIBILITY)


def keep(key: str, *, until: datetime) -> None:
    """In the transaction of whoever owns the archive now. Raises StorageFailed when its hour is over."""
    now = timezone.now()
    unclaimed = promised([key]).filter(Q(lease_until=None) | Q(lease_until__lt=now), due_at__gt=now)
    if not unclaimed.update(due_at=until):
        raise StorageFailed


@transaction.atomic
def let_go(keys: list[str]) -> None:
    """In the caller's transaction: now, not when their time is over."""
    if keys:
        promised(keys).delete()
        deletion.discard(VISIBILITY, keys)


def promised(keys: list[str]) -> QuerySet[Deletion]:
    return Deletion.objects.filter(visibility=VISIBILITY, key__in=keys)


def bytes_of(asset: Asset) -> Iterator[bytes] | None:
    """The original, a little at a time; None when it has gone meanwhile. Raises StorageFailed."""
    storage = storages[asset.visibility]
    try:
        size = storage.stat(asset.file.name).size
    except FileNotFoundError:
        return None
    return storage.read(asset.file.name, start=0, length=size)
