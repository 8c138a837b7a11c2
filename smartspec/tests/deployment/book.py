"""What clients were told: by kind and status, how long it took, and what should not have been said."""

import threading
import time
from collections import Counter, defaultdict
from typing import NamedTuple

KEPT = 40  # bad answers that are quoted


class Bad(NamedTuple):
    at: float  # seconds after the book was opened
    kind: str
    said: str


class Book:
    def __init__(self):
        self.opened = time.monotonic()
        self.lock = threading.Lock()
        self.statuses: dict[str, Counter[str]] = defaultdict(Counter)
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.bad: list[Bad] = []  # 5xx without a word when to come back, and no answer at all
        self.later: list[Bad] = []  # who was told to come again: 503 with Retry-After

    def note(
        self, kind: str, status: int, seconds: float, *, retry_after: str | None, body: str = ""
    ) -> None:
        with self.lock:
            self.statuses[kind][str(status)] += 1
            self.seconds[kind].append(seconds)
            if status == 503 and retry_after:
                self.later.append(Bad(round(self.now(), 2), kind, body[:120]))
            elif status >= 500:
                self.complain(kind, f"{status}: {body[:300]}")

    def unanswered(self, kind: str, error: Exception) -> None:
        with self.lock:
            self.statuses[kind][type(error).__name__] += 1
            self.complain(kind, repr(error)[:300])

    def complain(self, kind: str, said: str) -> None:
        if len(self.bad) < KEPT:
            self.bad.append(Bad(round(self.now(), 2), kind, said))

    def now(self) -> float:
        return time.monotonic() - self.opened

    def total(self) -> Counter[str]:
        with self.lock:
            return sum(self.statuses.values(), Counter())

    def p99(self) -> dict[str, float]:
        """Milliseconds by kind."""
        with self.lock:
            return {kind: round(1000 * percentile(took, 0.99), 1) for kind, took in self.seconds.items()}

    def told(self) -> str:
        counts = ", ".join(f"{status} × {number}" for status, number in sorted(self.total().items()))
        return counts or "nobody asked"


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
