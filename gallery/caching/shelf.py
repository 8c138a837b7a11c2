"""The kept pages of one process, the least asked ones leaving first."""

import threading
import time
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from gallery.caching import counts
from gallery.caching.version import Version

LONGEST_SECONDS = 60.0  # what a page takes from the clock or from other memories may grow no older
BESIDE_BODY_BYTES = 2048  # headers, keys and Python's own; measured generously


@dataclass(frozen=True)
class Kept:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    match: Any
    version: Version
    until: float

    @property
    def weight(self) -> int:
        return len(self.body) + BESIDE_BODY_BYTES


class Shelf:
    def __init__(self, limit: int):
        self.limit = limit
        self.bytes = 0
        self._pages: OrderedDict[Hashable, Kept] = OrderedDict()
        self._turn = threading.Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: Hashable, version: Version) -> Kept | None:
        with self._turn:
            kept = self._pages.get(key)
            if kept is None:
                return None
            if kept.version != version or time.monotonic() >= kept.until:
                self._drop(key)
                return None
            self._pages.move_to_end(key)
            return kept

    def put(self, key: Hashable, kept: Kept) -> None:
        if kept.weight > self.limit:
            return
        with self._turn:
            self._drop(key)
            self._pages[key] = kept
            self.bytes += kept.weight
            while self.bytes > self.limit:
                self._drop(next(iter(self._pages)))
            counts.weight.set(self.bytes)

    def _drop(self, key: Hashable) -> None:
        old = self._pages.pop(key, None)
        if old:
            self.bytes -= old.weight
