"""One child of the worker: takes wake-ups and sweeps, one after the other, until it is told to stop."""

import os
import signal
import time
from collections.abc import Callable, Mapping

from django.conf import settings
from django.db import close_old_connections
from django_q.brokers import get_broker
from django_q.conf import Conf
from django_q.scheduler import scheduler

from smartspec.lib.leash import tie_to_parent
from smartspec.lib.queue.chores import Chore
from smartspec.lib.queue.delivery import deliver, record_loss
from smartspec.lib.queue.slots import Slot

ROWS_PER_SWEEP = 3  # few, so that wake-ups and a stop get their turn
SCHEDULE_SECONDS = 30.0
Sweeps = Mapping[str, Callable[[int], int]]


class Child:
    def __init__(self, slot: Slot, *, parent: int, sweeps: Sweeps, keeps_schedules: bool):
        self.slot = slot
        self.parent = parent
        self.left = slot.take()
        self.broker = get_broker()
        self.stopping = False
        self.done = 0
        self.chores = [self.chore("wake-ups", lambda: deliver(self.broker, slot))]
        self.chores += [
            self.chore(name, lambda sweep=sweep: sweep(ROWS_PER_SWEEP), every=settings.SWEEP_SECONDS)
            for name, sweep in sweeps.items()
        ]
        if keeps_schedules:
            self.chores.append(self.chore("schedules", self.keep_schedules, every=SCHEDULE_SECONDS))
        if self.left:
            self.chores.append(self.chore("losses", self.record_loss, every=SCHEDULE_SECONDS))

    def chore(self, name: str, work: Callable[[], int], *, every: float = 0.0) -> Chore:
        return Chore(name, work, slot=self.slot, deadline=settings.JOB_DEADLINE_SECONDS, every=every)

    def run(self) -> None:
        """Returns when told to stop, when the parent is gone, or after a long life (memory goes back)."""
        tie_to_parent(self.parent)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM, signal.SIGINT})
        while not self.stopping and os.getppid() == self.parent and self.done < Conf.RECYCLE:
            self.turn()

    def stop(self, *_args: object) -> None:
        self.stopping = True

    def turn(self) -> None:
        """Every chore whose time has come, once."""
        close_old_connections()
        worked = 0
        for chore in self.chores:
            if not self.stopping and chore.due <= time.monotonic():
                worked += chore.run()
        self.done += worked
        if not worked:
            rest = min(chore.due for chore in self.chores) - time.monotonic()
            time.sleep(min(max(rest, 0), 0.2))

    def keep_schedules(self) -> int:
        scheduler(broker=self.broker)
        return 0

    def record_loss(self) -> int:
        if self.left:
            record_loss(self.left, broker=self.broker)
            self.left = None
        return 0
