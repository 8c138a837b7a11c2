"""What a storage knows of an object without reading it."""

from dataclasses import dataclass
from datetime import datetime

CHUNK_BYTES = 128 * 1024  # what is held in memory while an object flows through us


@dataclass(frozen=True)
class Stat:
    size: int  # bytes
    etag: str  # with its quotes
    modified: datetime
