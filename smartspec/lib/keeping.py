"""One thread of a process renews the leases of all rows that it works on."""

import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import Error, connections, models
from django.utils import timezone

log = logging.getLogger(__name__)


@dataclass(eq=False)
class Held:
    row: models.Model
    lease: timedelta
    busy: threading.Lock = field(default_factory=threading.Lock)  # a renewal is under way
    next_at: float = field(init=False)  # of time.monotonic

    def __post_init__(self) -> None:
        self.rest()

    def rest(self) -> None:
        self.next_at = time.monotonic() + self.lease.total_seconds() / 3

    def renew(self) -> bool:
        """False when the row is somebody else's by now, or its claim has ended."""
        row = self.row
        mine = type(row).objects.filter(pk=row.pk, fence=row.fence, lease_until__isnull=False)
        try:
            return bool(mine.update(lease_until=timezone.now() + self.lease))
        except Error as error:  # the database is away; the lease lives on for two more tries
            log.warning("the lease of %s %s was not renewed: %s", row._meta.label, row.pk, error)
            return True
        finally:
            connections.close_all()  # this thread's own


class Keeper:
    """Its thread is started by the first row, and sleeps until the next lease is a third over."""

    def __init__(self) -> None:
        self.forget()
        os.register_at_fork(after_in_child=self.forget)

    def forget(self) -> None:
        """In a forked process nothing is held, and the thread is our parent's."""
        self.held: set[Held] = set()
        self.news = threading.Condition()
        self.thread: threading.Thread | None = None
        self.wakes_at = float("inf")

    @contextmanager
    def keeping(self, row: models.Model, lease: timedelta) -> Iterator[None]:
        held = Held(row, lease)
        with self.news:
            self.held.add(held)
            self.wake(held.next_at)
        try:
            yield
        finally:
            with self.news:
                self.held.discard(held)
            with held.busy:  # afterwards nothing more is written
                pass

    def wake(self, before: float) -> None:
        """Have the thread look again, unless it will by itself."""
        if self.thread is None or not self.thread.is_alive():
            self.thread = threading.Thread(target=self.run, name="leases", daemon=True)
            self.thread.start()
        elif before < self.wakes_at:
            self.news.notify()

    def run(self) -> None:
        while True:
            with self.news:
                self.wakes_at = min((held.next_at for held in self.held), default=float("inf"))
                if (rest := self.wakes_at - time.monotonic()) > 0:
                    self.news.wait(None if rest == float("inf") else rest)
                due = [held for held in self.held if held.next_at <= time.monotonic()]
            for held in due:
                self.renew(held)

    def renew(self, held: Held) -> None:
        with held.busy:
            with self.news:
                if held not in self.held:
                    return
            is_ours = held.renew()
        with self.news:
            held.rest()
            if not is_ours:
                self.held.discard(held)
