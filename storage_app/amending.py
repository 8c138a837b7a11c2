"""Foreign files without what they should not tell, our own with what they should: byte for byte otherwise."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage_app.decoder import decode
from storage_app.file_types import FileType
from storage_app.provenance import Making
from storage_app.scratch import workbench

CHUNK_BYTES = 2**20


@contextmanager
def stripped(path: Path, file_type: FileType) -> Iterator[Path]:
    """The file without place, camera and words; the very same one when it tells nothing.

    Raises Unreadable.
    """
    with workbench() as folder:
        target = folder / f"stripped.{file_type.ext}"
        found = decode(
            "strip", media_type=file_type.media_type, path=path, reader=file_type.reader, target=str(target)
        )
        if found.get("rewritten"):
            yield target
        elif found["edits"]:
            yield apply(found["edits"], path, target)
        else:
            yield path


@contextmanager
def marked(path: Path, file_type: FileType, making: Making) -> Iterator[Path | None]:
    """A copy that says how it was made; None when it says so already.

    Raises Unreadable, also where there is no place for it.
    """
    kind = {"media_type": file_type.media_type, "reader": file_type.reader}
    with workbench() as folder:
        target = folder / f"marked.{file_type.ext}"
        found = decode("mark", path=path, making=making.told(), target=str(target.absolute()), **kind)
        if found.get("rewritten"):
            yield target
        elif found["edits"] is not None:
            yield apply(found["edits"], path, target)
        else:
            yield None


def apply(edits: list[list], source: Path, target: Path) -> Path:
    """Write `source` with its edits ([at, remove, insert in base64], in order) to `target`."""
    done = 0
    with open(source, "rb") as old, open(target, "wb") as new:
        for at, remove, insert in edits:
            pour(old, new, done, at)
            new.write(base64.b64decode(insert))
            done = max(done, at + remove)
        pour(old, new, done, source.stat().st_size)
    return target


def pour(old, new, start: int, end: int) -> None:
    old.seek(start)
    left = max(0, end - start)
    while left and (chunk := old.read(min(left, CHUNK_BYTES))):
        new.write(chunk)
        left -= len(chunk)
