"""Which row owns which object, and in which storage they lie."""

from uuid import UUID

from django.conf import settings
from django.core.files.storage import storages
from django.db import transaction

from storage_app import deletion
from storage_app.errors import StorageFailed
from storage_app.models import Asset
from storage_app.objects import copy_object, put
from storage_app.probing import Facts
from storage_app.renditions import schedule

__all__ = ["absolute", "duplicate", "move", "put", "record"]

COPIED_FACTS = (
    "media_type",
    "content_type",
    "bytes",
    "sha256",
    "width",
    "height",
    "duration_ms",
    "colour",
    "placeholder",
    "peaks",
)
ROUNDS = 5  # how often renditions may be added while their asset moves


def record(*, asset_id: UUID, key: str, facts: Facts, visibility: str = "private") -> Asset:
    """The row of a stored original, made once however often it is asked for; in the caller's transaction."""
    known = {name: getattr(facts, name) for name in COPIED_FACTS}
    asset, _ = Asset.objects.get_or_create(
        pk=asset_id, defaults={"file": key, "visibility": visibility, **known}
    )
    return asset


def duplicate(
    asset: Asset, *, asset_id: UUID, key: str, visibility: str = "private", render_all: bool = True
) -> Asset:
    """A copy of the original, made within the storage, under a new key and row; due for rendering."""
    existing = Asset.objects.filter(pk=asset_id).first()
    if existing is not None:
        return existing
    deletion.discard_unless_adopted(visibility, [key])
    try:
        copy_object(asset.file.name, asset.visibility, to=visibility, as_key=key)
    except FileNotFoundError as error:
        raise StorageFailed(retryable=False) from error
    with transaction.atomic():
        known = {name: getattr(asset, name) for name in COPIED_FACTS}
        placed = {"file": key, "visibility": visibility, "render_all": render_all}
        copy, created = Asset.objects.get_or_create(pk=asset_id, defaults=placed | known)
        deletion.adopt(visibility, [key])
        if created:
            schedule(copy)
    return copy


def move(asset: Asset, *, visibility: str) -> None:
    """Bring the original and all renditions to the other storage; afterwards nothing stays behind.

    Objects are copied first; one transaction then switches the rows and lets go of the old objects, so
    that a reader finds either all of the old or all of the new. Moving twice is moving once.
    """
    for _ in range(ROUNDS):
        asset.refresh_from_db()
        if asset.visibility == visibility:
            return
        keys = asset.keys()
        if copied(keys, asset.visibility, to=visibility) and switch(asset, keys, visibility):
            return
    raise StorageFailed


def copied(keys: list[str], visibility: str, *, to: str) -> bool:
    """Copy these objects under the same keys; False when one is gone, moved by somebody else perhaps."""
    if storages[visibility].shares_objects_with(storages[to]):
        return True
    deletion.discard_unless_adopted(to, keys)
    for key in keys:
        try:
            copy_object(key, visibility, to=to, as_key=key)
        except FileNotFoundError:
            return False
    return True


def switch(asset: Asset, keys: list[str], visibility: str) -> bool:
    """Let the rows point to the copies; False when the asset changed since `keys` were copied."""
    with transaction.atomic():
        locked = Asset.objects.select_for_update().get(pk=asset.pk)
        if locked.visibility == visibility or set(locked.keys()) != set(keys):
            return False
        Asset.objects.filter(pk=asset.pk).update(visibility=visibility)
        if not storages[locked.visibility].shares_objects_with(storages[visibility]):
            deletion.adopt(visibility, keys)
            deletion.discard(locked.visibility, keys)
    asset.visibility = visibility
    return True


def absolute(url: str) -> str:
    """The same address for somebody who is not on our pages."""
    return settings.SITE_URL + url if url.startswith("/") else url
