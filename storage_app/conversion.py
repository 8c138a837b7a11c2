"""The same sound in another container."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage_app.decoder import decode
from storage_app.file_types import HEAD_BYTES
from storage_app.probing import expected_type
from storage_app.scratch import workbench


@contextmanager
def as_wav(path: Path) -> Iterator[Path]:
    """The sound at `path` as a wave file of 16 bits that exists as long as the block lasts.

    Raises Unreadable, or WrongKind when it is no sound.
    """
    with open(path, "rb") as file:
        reader = expected_type(file.read(HEAD_BYTES), "audio").reader
    with workbench() as folder:
        target = folder / "sound.wav"
        decode("as_wav", media_type="audio", path=path, reader=reader, target=str(target.absolute()))
        yield target
