"""The account at the provider: credits, and how many tasks may be created in ten seconds."""

import threading
import time
from collections import deque

from .answers import Refusal

WINDOW = 10.0  # seconds


class Account:
    """Credits may be fractions; they are kept to the hundredth so that sums stay exact."""

    def __init__(self, credits: float):
        self._lock = threading.Lock()
        self._hundredths = round(credits * 100)

    @property
    def credits(self) -> float:
        return self._hundredths / 100

    def set(self, credits: float) -> None:
        with self._lock:
            self._hundredths = round(credits * 100)

    def charge(self, price: float) -> None:
        with self._lock:
            if self._hundredths < round(price * 100):
                raise Refusal(
                    402, "Credits insufficient: the balance of this account is not enough to run this request"
                )
            self._hundredths -= round(price * 100)

    def give_back(self, price: float) -> None:
        with self._lock:
            self._hundredths += round(price * 100)


class Pace:
    """At most `limit` accepted creates in any ten seconds; 0 means no limit."""

    def __init__(self, limit: int):
        self.limit = limit
        self._lock = threading.Lock()
        self._accepted: deque[float] = deque()

    def admit(self) -> None:
        now = time.monotonic()
        with self._lock:
            while self._accepted and now - self._accepted[0] >= WINDOW:
                self._accepted.popleft()
            if self.limit and len(self._accepted) >= self.limit:
                raise Refusal(429, "Rate limit exceeded: too many requests, please try again later")
            self._accepted.append(now)

    def forget(self) -> None:
        with self._lock:
            self._accepted.clear()
