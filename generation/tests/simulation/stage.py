"""Several processes in one: actors that take turns at their crash points, die there, or sleep too long.

An actor is a greenlet. Leaving it parked is a paused process: the clock goes on, its lease runs out, others
take over, and then it wakes up and believes that nothing has happened. A crash is an exception that no
handler of the product catches: what was committed stays, the open transaction rolls back.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from greenlet import getcurrent, greenlet

from generation.tests.simulation.dice import Dice
from smartspec.lib import crash_points
from smartspec.lib.errors import ProductError


class Crash(BaseException):
    """kill -9, as far as rows are concerned."""


class Stage:
    def __init__(self, dice: Dice):
        self.dice = dice
        self.hub = getcurrent()
        self.parked: list[greenlet] = []
        self.broken: list[str] = []  # errors that nobody foresaw
        self.outside = len(connection.savepoint_ids)

    def enter(self, name: str, work: Callable[[], object]) -> None:
        """Start an actor; it runs until it ends, dies or is parked."""
        actor = greenlet(lambda: self._play(name, work), parent=self.hub)
        self._switch_to(actor)

    def resume_one(self) -> None:
        if self.parked:
            self._switch_to(self.parked.pop(self.dice.random.randrange(len(self.parked))))

    def resume_all(self) -> None:
        while self.parked:
            self.resume_one()

    def _switch_to(self, actor: greenlet) -> None:
        actor.switch()
        if not actor.dead:
            self.parked.append(actor)

    def _play(self, name: str, work: Callable[[], object]) -> None:
        try:
            work()
        except Crash as crash:
            self.dice.tell(f"{name} died at {crash}")
        except ProductError as refusal:
            self.dice.tell(f"{name}: {refusal!r}")
            if name == "worker":
                self.broken.append(f"{name}: {refusal!r}")
        except Exception as error:  # noqa: BLE001 - the top of an actor's life; it is a violation
            self.dice.tell(f"{name} broke: {error!r}")
            self.broken.append(f"{name}: {error!r}")

    def in_transaction(self) -> bool:
        return len(connection.savepoint_ids) > self.outside

    def wait(self, fault: str = "pause") -> None:
        """Perhaps let others go on first; within a transaction nobody else could."""
        if getcurrent() is not self.hub and not self.in_transaction() and self.dice.falls(fault):
            self.hub.switch()

    def at(self, point: str) -> None:
        if self.dice.kills(point):
            raise Crash(point)
        self.wait()

    @contextmanager
    def watches_crash_points(self) -> Iterator[None]:
        for name in crash_points.POINTS:
            crash_points.armed[name] = self.at
        try:
            yield
        finally:
            crash_points.armed.clear()
