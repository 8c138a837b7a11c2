"""One thing that a worker does again and again, and how long it rests when it fails."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import connections

from smartspec.lib.queue.slots import Slot

log = logging.getLogger(__name__)
LONGEST_REST = 10.0


@dataclass
class Chore:
    """`work` says how much it found to do; after nothing, it rests for `every` seconds."""

    name: str
    work: Callable[[], int]
    slot: Slot
    deadline: float  # seconds; past it the whole process is killed
    every: float = 0.0
    failures: int = field(default=0, init=False)
    due: float = field(default=0.0, init=False)

    def run(self) -> int:
        """Work once. Whatever goes wrong is logged and tried again later, less and less often."""
        self.slot.arm(self.deadline)
        try:
            done = self.work()
        except Exception as error:  # noqa: BLE001 - the top of the worker's loop; it logs
            self.rest_after(error)
            return 0
        finally:
            self.slot.clear()
        self.failures = 0
        self.due = time.monotonic() + (0 if done else self.every)
        return done

    def rest_after(self, error: Exception) -> None:
        self.failures += 1
        rest = min(LONGEST_REST, 0.25 * 2**self.failures)
        self.due = time.monotonic() + rest
        once_in_full = error if self.failures == 1 else None
        told = (self.name, self.failures, error, rest)
        log.error("%s failed (%d): %r; again in %.1f s", *told, exc_info=once_in_full)
        connections.close_all()
