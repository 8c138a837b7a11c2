"""The bytes themselves: put, copied and read, always outside a transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.storage import storages

from storage_app.errors import StorageFailed
from storage_app.models import Asset


def put(path: Path, *, key: str, content_type: str, visibility: str = "private") -> None:
    """Store the file under `key`, replacing what an earlier attempt of ours left there.

    Raises StorageFailed; `retryable` says whether later may be better. Never call it in a transaction.
    """
    storage = storages[visibility]
    storage.put(path, key=key, content_type=content_type)
    try:
        stored = storage.stat(key).size
    except FileNotFoundError as error:
        raise StorageFailed from error
    if stored != path.stat().st_size:
        raise StorageFailed


def copy_object(key: str, visibility: str, *, to: str, as_key: str) -> None:
    """Copy within the storage; raises StorageFailed, or FileNotFoundError when there is nothing to copy."""
    storages[visibility].copy(key, to=storages[to], as_key=as_key)


@contextmanager
def original_of(asset: Asset) -> Iterator[Path]:
    """The original as a file on this machine, to read only."""
    try:
        with storages[asset.visibility].readable(asset.file.name) as path:
            yield path
    except FileNotFoundError as error:
        raise StorageFailed(retryable=False) from error
