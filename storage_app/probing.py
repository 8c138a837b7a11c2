"""What a file is, told from its bytes alone."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from storage_app.decoder import decode
from storage_app.errors import UnknownType, WrongKind
from storage_app.file_types import FILE_TYPES, HEAD_BYTES, FileType, recognise


@dataclass(frozen=True)
class Facts:
    media_type: str
    content_type: str
    ext: str
    bytes: int
    sha256: str
    width: int | None = None  # pixels, upright
    height: int | None = None
    duration_ms: int | None = None
    colour: str = ""  # "#rrggbb", the average
    placeholder: str = ""  # a data URI
    peaks: list[int] | None = None  # of a sound: 200 numbers, 0..100
    likeness: int | None = None  # 64 bits that similar pictures share; None where there is nothing to see
    source_sha256: str = ""  # of the file as it came, where what is described was stripped since


def describe(path: Path, *, media_type: str) -> Facts:
    """Decode the whole file in the child and say what it is.

    Raises Unreadable for what does not decode or is too large to, WrongKind for another kind of file.
    """
    file_type = expected_type(head_of(path), media_type)
    seen = decode("describe", media_type=media_type, path=path, reader=file_type.reader)
    return Facts(
        media_type=media_type,
        content_type=file_type.content_type,
        ext=file_type.ext,
        bytes=path.stat().st_size,
        sha256=sha256_of(path),
        **seen,
    )


def sha256_of(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def head_of(path: Path) -> bytes:
    with open(path, "rb") as file:
        return file.read(HEAD_BYTES)


def type_of(path: Path) -> FileType:
    """What the first bytes say; raises UnknownType."""
    found = recognise(head_of(path))
    if found is None:
        raise UnknownType
    return found


def expected_type(head: bytes, media_type: str) -> FileType:
    found = recognise(head)
    if found is None:
        raise UnknownType
    if found.ext == "mp4" and media_type == "audio":  # the same container; the child refuses one with film
        found = FILE_TYPES["m4a"]
    if found.media_type != media_type:
        raise WrongKind
    return found
