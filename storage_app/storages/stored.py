"""What a storage knows of an object without reading it, and the terms under which strangers may put one."""

import base64
from dataclasses import dataclass
from datetime import datetime

from storage_app.errors import StorageFailed

CHUNK_BYTES = 128 * 1024  # what is held in memory while an object flows through us


class Changed(StorageFailed):
    """The object is no longer the one that was looked at."""


@dataclass(frozen=True)
class Stat:
    size: int  # bytes
    etag: str  # with its quotes
    modified: datetime


@dataclass(frozen=True)
class Listed:
    key: str
    size: int  # bytes
    modified: datetime


@dataclass(frozen=True)
class Terms:
    """What the owner of a ticket has promised to send; all of it is signed."""

    content_type: str
    bytes: int
    sha256: str = ""  # hexadecimal; empty when it was not announced

    def headers(self) -> dict[str, str]:
        """What the PUT must carry, to the letter."""
        headers = {
            "Content-Type": self.content_type,
            "Content-Length": str(self.bytes),
            "If-None-Match": "*",
        }
        if self.sha256:
            headers["x-amz-checksum-sha256"] = self.checksum
        return headers

    @property
    def checksum(self) -> str:
        return base64.b64encode(bytes.fromhex(self.sha256)).decode()


@dataclass(frozen=True)
class Ticket:
    url: str
    headers: dict[str, str]
