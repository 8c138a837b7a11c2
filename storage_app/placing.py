"""Which row owns which object, and in which storage they lie."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.files.storage import storages
from django.db import transaction

from smartspec.lib.prepared import insert
from storage_app import deletion, derivatives, purging
from storage_app.amending import marked
from storage_app.errors import StorageFailed, Unreadable
from storage_app.file_types import type_named
from storage_app.models import Asset
from storage_app.objects import copy_object, original_of, put
from storage_app.probing import Facts, sha256_of
from storage_app.provenance import Making, making_of, remember_likeness
from storage_app.renditions import schedule

__all__ = ["absolute", "duplicate", "move", "put", "record", "record_new"]

log = logging.getLogger(__name__)

COPIED_FACTS = (
    "media_type",
    "content_type",
    "bytes",
    "sha256",
    "source_sha256",
    "width",
    "height",
    "duration_ms",
    "colour",
    "placeholder",
    "peaks",
    "likeness",
)
ROUNDS = 5  # how often renditions may be added while their asset moves


def record(
    *, asset_id: UUID, key: str, facts: Facts, visibility: str = "private", making: Making | None = None
) -> Asset:
    """The row of a stored original, made once however often it is asked for; in the caller's transaction."""
    columns = described(key, facts, visibility, making or Making())
    asset, _ = Asset.objects.get_or_create(pk=asset_id, defaults=columns)
    return asset


def record_new(*, asset_id: UUID, key: str, facts: Facts, making: Making) -> Asset:
    """The same for a private one, where the caller holds what makes sure that nobody else records it."""
    asset = Asset(pk=asset_id, **described(key, facts, "private", making))
    insert(asset)
    return asset


def described(key: str, facts: Facts, visibility: str, making: Making) -> dict:
    known = {name: getattr(facts, name) for name in COPIED_FACTS}
    return {"file": key, "visibility": visibility, "recipe": derivatives.newest()} | known | made(making)


def duplicate(
    asset: Asset,
    *,
    asset_id: UUID,
    key: str,
    visibility: str = "private",
    render_all: bool = True,
    making: Making | None = None,
) -> Asset:
    """A copy of the original that says how it was made, under a new key and row; due for rendering.

    Only that word is added: pixels and sound are the original's, whose own bytes stay as they came.
    """
    existing = Asset.objects.filter(pk=asset_id).first()
    if existing is not None:
        return existing
    making = making or making_of(asset)
    deletion.discard_unless_adopted(visibility, [key])
    with marked_original(asset, making) as (path, marking):
        told = placed_copy(asset, path, key, visibility) | {"marking": marking}
    with transaction.atomic():
        known = {name: getattr(asset, name) for name in COPIED_FACTS} | made(making) | told
        placed = {"file": key, "visibility": visibility, "render_all": render_all}
        recipe = {"recipe": derivatives.newest()}
        copy, created = Asset.objects.get_or_create(pk=asset_id, defaults=placed | recipe | known)
        deletion.adopt(visibility, [key])
        if created:
            remember_likeness(copy)
            schedule(copy)
    return copy


def made(making: Making) -> dict:
    """The columns of a row that say how its file was made."""
    return {
        "made_with": making.model,
        "made_at": making.made_at,
        "is_composite": making.is_composite,
        "is_foreign": making.is_foreign,
    }


@contextmanager
def marked_original(asset: Asset, making: Making) -> Iterator[tuple[Path | None, str]]:
    """The marked copy on this machine, None when the bytes stay as they are; and the word for its row."""
    with ExitStack() as stack:
        original = stack.enter_context(original_of(asset))
        try:
            path = stack.enter_context(marked(original, type_named(asset.content_type), making))
            marking = Asset.Marking.MARKED if path else Asset.Marking.ALREADY
        except Unreadable as error:
            log.warning("%s could not be marked: %s", asset, error.__cause__ or error)
            path, marking = None, Asset.Marking.UNMARKED
        yield path, marking


def placed_copy(asset: Asset, path: Path | None, key: str, visibility: str) -> dict:
    """Put the marked copy, or else a copy of the original itself; returns what differs from the original."""
    if path is None:
        try:
            copy_object(asset.file.name, asset.visibility, to=visibility, as_key=key)
        except FileNotFoundError as error:
            raise StorageFailed(retryable=False) from error
        return {}
    put(path, key=key, content_type=asset.content_type, visibility=visibility)
    came_as = asset.source_sha256 or asset.sha256
    return {"bytes": path.stat().st_size, "sha256": sha256_of(path), "source_sha256": came_as}


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
        deletion.hasten(locked)
        if not storages[locked.visibility].shares_objects_with(storages[visibility]):
            deletion.adopt(visibility, keys)
            deletion.discard(locked.visibility, keys)
        elif locked.visibility == "public" and purging.is_set_up():
            deletion.discard("public", keys)  # nothing is removed: caches only have to forget
    asset.visibility = visibility
    return True


def absolute(url: str) -> str:
    """The same address for somebody who is not on our pages."""
    return settings.SITE_URL + url if url.startswith("/") else url
