"""The worker's parent: starts children, replaces the dead, kills the stuck, and ends them all cleanly.

It shares no lock and no queue with them and holds no connection, so no death of a child can stop it.
"""

import logging
import os
import signal
import sys
import time
from collections.abc import Callable

from django.conf import settings
from django.db import connections
from django.utils.module_loading import import_string

from smartspec.lib import tracing
from smartspec.lib.queue.child import Child
from smartspec.lib.queue.slots import Slot

log = logging.getLogger(__name__)
STOP_SIGNALS = {signal.SIGTERM, signal.SIGINT}
LOOK_SECONDS = 0.1
LONGEST_PAUSE = 10.0  # before a child that dies again and again is replaced


class Parent:
    def __init__(self, *, workers: int, grace: float, ready: Callable[[], None]):
        self.sweeps = {name: import_string(name) for name in settings.SWEEPS}
        self.slots = [Slot() for _ in range(workers)]
        self.grace = grace
        self.ready = ready
        self.running: dict[int, int] = {}  # process id: slot number
        self.vacant = dict.fromkeys(range(workers), 0.0)  # slot number: when to fill it again
        self.born: dict[int, float] = {}  # slot number: when its last child was started
        self.quick_deaths = dict.fromkeys(range(workers), 0)
        self.stopping = False

    def run(self) -> None:
        """Returns after SIGTERM or SIGINT, when every child has ended."""
        for number in STOP_SIGNALS:
            signal.signal(number, self.stop)
        self.fill()
        self.ready()
        while not self.stopping:
            time.sleep(LOOK_SECONDS)
            self.reap()
            self.kill_overdue()
            self.fill()
        self.end_children()

    def stop(self, *_args: object) -> None:
        self.stopping = True

    def fill(self) -> None:
        """A new child for every vacant slot whose time has come."""
        for number, when in list(self.vacant.items()):
            if when <= time.monotonic() and not self.stopping:
                del self.vacant[number]
                self.born[number] = time.monotonic()
                self.running[self.fork(number)] = number

    def fork(self, number: int) -> int:
        """Signals wait until the child has its own handlers, or a stop at that moment would be lost."""
        parent = os.getpid()
        connections.close_all()
        sys.stdout.flush()
        signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
        pid = os.fork()
        if pid == 0:
            self.be_child(number, parent)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
        return pid

    def be_child(self, number: int, parent: int) -> None:
        code = 1
        try:
            slot = self.slots[number]
            Child(slot, parent=parent, sweeps=self.sweeps, keeps_schedules=number == 0).run()
            code = 0
        except Exception:
            log.exception("child %d broke", number)
        finally:
            tracing.tracing.flush()
            logging.shutdown()
            os._exit(code)  # never back into the parent's code

    def reap(self) -> None:
        while self.running:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            if pid in self.running:
                self.bury(self.running.pop(pid), os.waitstatus_to_exitcode(status))

    def bury(self, number: int, code: int) -> None:
        if code and not self.stopping:
            log.warning("child %d ended with %d", number, code)
        lived = time.monotonic() - self.born[number]
        self.quick_deaths[number] = self.quick_deaths[number] + 1 if code and lived < 5 else 0
        pause = min(LONGEST_PAUSE, 0.1 * 2 ** min(self.quick_deaths[number], 10))
        self.vacant[number] = time.monotonic() + pause

    def kill_overdue(self) -> None:
        for pid, number in self.running.items():
            if self.slots[number].is_overdue():
                log.error("child %d is past its deadline and is killed", number)
                os.kill(pid, signal.SIGKILL)

    def end_children(self) -> None:
        """What runs may finish within the grace; the rest is killed, and its rows are found again."""
        self.tell_children(signal.SIGTERM)
        end = time.monotonic() + self.grace
        while self.running and time.monotonic() < end:
            time.sleep(LOOK_SECONDS / 2)
            self.reap()
            self.kill_overdue()
        self.tell_children(signal.SIGKILL)
        for pid in self.running:
            os.waitpid(pid, 0)

    def tell_children(self, number: signal.Signals) -> None:
        for pid in self.running:
            os.kill(pid, number)
