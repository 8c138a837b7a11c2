"""The embedded default: files on this machine, placed whole or not at all."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage

from storage_app.errors import StorageFailed
from storage_app.storages.addresses import public_url, signed_path, signed_put
from storage_app.storages.sorting import in_order
from storage_app.storages.stored import CHUNK_BYTES, Changed, Listed, Stat, Terms, Ticket


class LocalStorage(FileSystemStorage):
    def __init__(self, visibility: str = "private"):
        self.visibility = visibility
        super().__init__(
            location=settings.MEDIA_ROOT / visibility, base_url=settings.MEDIA_URL, allow_overwrite=True
        )

    def shares_objects_with(self, other: "LocalStorage") -> bool:
        return self.location == other.location

    def url(self, name: str) -> str:
        return public_url(name) if self.visibility == "public" else signed_path(name)

    def put(self, path: Path, *, key: str, content_type: str) -> None:
        with _failures(), self._arriving(key) as part:
            _link_or_copy(path, part)

    def copy(self, key: str, *, to: "LocalStorage", as_key: str, etag: str = "") -> None:
        if etag and self.stat(key).etag != etag:
            raise Changed(key)
        to.put(Path(self.path(key)), key=as_key, content_type="")

    def remove(self, key: str) -> None:
        with _failures():
            Path(self.path(key)).unlink(missing_ok=True)

    def stat(self, key: str) -> Stat:
        with _failures():
            found = os.stat(self.path(key))
        modified = datetime.fromtimestamp(found.st_mtime, UTC)
        return Stat(found.st_size, f'"{found.st_mtime_ns:x}-{found.st_size:x}"', modified)

    def read(self, key: str, *, start: int, length: int) -> Iterator[bytes]:
        with open(self.path(key), "rb") as file:
            file.seek(start)
            while length and (chunk := file.read(min(length, CHUNK_BYTES))):
                length -= len(chunk)
                yield chunk

    @contextmanager
    def readable(self, key: str, *, etag: str = "") -> Iterator[Path]:
        """The object as a file to read, never to change: it is the stored one."""
        path = Path(self.path(key))
        if not path.exists():
            raise FileNotFoundError(key)
        if etag and self.stat(key).etag != etag:
            raise Changed(key)
        yield path

    def ticket(self, key: str, terms: Terms, *, seconds: int) -> Ticket:
        """The right to put one object of these terms under `key`, once, through our own view."""
        return Ticket(signed_put(key, terms, seconds=seconds), terms.headers())

    def put_once(self, part: Path, *, key: str) -> bool:
        """Place a finished file, which may not have an elder; False when the key is taken."""
        final = Path(self.path(key))
        final.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(part, final)
        except FileExistsError:
            return False
        return True

    def listing(self, prefix: str = "") -> Iterator[Listed]:
        """Every object, in the order of the bytes of their keys, in little memory.

        `prefix` is a folder, with its stroke.
        """
        with _failures():
            yield from _below(Path(self.location) / prefix, prefix)

    def _save(self, name, content):
        with _failures(), self._arriving(name) as part, open(part, "xb") as file:
            for chunk in content.chunks():
                file.write(chunk)
        return name

    @contextmanager
    def _arriving(self, key: str) -> Iterator[Path]:
        """A path beside the final one; what is written there appears under the key at once and durably."""
        final = Path(self.path(key))
        final.parent.mkdir(parents=True, exist_ok=True)
        part = final.with_name(f".{uuid.uuid4().hex}.part")
        try:
            yield part
            with open(part, "rb") as file:
                os.fsync(file.fileno())
            part.chmod(self.file_permissions_mode or 0o644)
            part.replace(final)
        finally:
            part.unlink(missing_ok=True)


def _below(folder: Path, prefix: str) -> Iterator[Listed]:
    """What goes while it is listed is not there."""
    for name in in_order(_names_in(folder)):
        if name.endswith("/"):
            yield from _below(folder / name, prefix + name)
            continue
        with suppress(FileNotFoundError):
            found = os.stat(folder / name)
            modified = datetime.fromtimestamp(found.st_mtime, UTC)
            yield Listed(prefix + name, found.st_size, modified)


def _names_in(folder: Path) -> Iterator[str]:
    """A folder's ends in a stroke, and so sorts as its keys do."""
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            if not entry.name.startswith("."):
                yield entry.name + "/" * entry.is_dir()


def _link_or_copy(source: Path, target: Path) -> None:
    """A second name costs nothing where one file system holds both; objects are never changed in place."""
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(source, target)


@contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        raise StorageFailed(str(error)) from error
