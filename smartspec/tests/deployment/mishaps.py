"""The nemesis of the fault suite let loose on a house in production's shape, and who starts things again."""

import random
import signal
import threading
import time
from collections import Counter
from typing import NamedTuple

from smartspec.lib.processes import Process
from smartspec.tests.deployment.house import House
from smartspec.tests.deployment.memory import family
from smartspec.tests.deployment.services import Service
from smartspec.tests.faults.nemesis import Nemesis

RESTART_SECONDS = 1.0  # as the units say
# how long what a mishap did may be told as 503: recovery, and requests that hung when it came
AFTERWARDS = 15.0


class Window(NamedTuple):
    name: str
    begun: float  # by the clock of the book
    ended: float


class Prey:
    """A house as the nemesis knows an installation: by the names of its programs."""

    def __init__(self, house: House):
        self.house, self.env, self.proxies = house, house.env, ()
        self.sandbox_port = house.sandbox_port
        self.lock = threading.RLock()
        self.stopping, self.over = False, threading.Event()
        self.restarts: Counter[str] = Counter()

    @property
    def running(self) -> dict[str, Process]:
        """One of each kind: whichever it hits."""
        found = dict(self.house.servers)
        for name in ("web", "worker"):
            found[name] = self.one(name).process
        return found

    def one(self, name: str) -> Service:
        """Never the first of its kind: one of each lives through it all, and shows whether it grows."""
        kind = [each for each in self.house.services.values() if each.unit.name.startswith(name)]
        return random.choice(kind[1:])

    def processes(self, name: str) -> list[int]:
        return family().get(self.one(name).pid, [])

    def start(self, name: str) -> None:
        """The provider, after it was killed."""
        self.house.start_provider()

    def restart_server(self, name: str, number: int, *, down: float) -> None:
        old = self.house.servers[name]
        old.stop(number)
        time.sleep(down)
        again = Process(list(old.popen.args), log=old.log, dies_by=signal.SIGQUIT)
        self.house.servers[name] = again

    def become_calm(self) -> None:
        """What runs goes on: here nothing has crash points."""

    def look_after(self) -> None:
        """What has ended is started again, as systemd does with Restart=always.

        What a thread has started ends with it (smartspec.lib.leash), so this one stays.
        """
        while not self.stopping:
            time.sleep(0.2)
            with self.lock:
                ended = [service for service in self.house.services.values() if not service.is_running()]
            for service in ended:
                time.sleep(RESTART_SECONDS)
                with self.lock:
                    if not self.stopping and not service.is_running():
                        service.kill()  # what is left of its group
                        service.start()
                        self.restarts[service.unit.name] += 1
        self.over.wait()


class Mishaps:
    """One every `pace` seconds in the mean; `windows` says when which was going on."""

    def __init__(self, house: House, *, pace: float, clock):
        self.prey, self.pace, self.clock = Prey(house), pace, clock
        self.nemesis = Nemesis(self.prey)
        self.windows: list[Window] = []
        self.stopping = threading.Event()
        self.threads = [
            threading.Thread(target=act, daemon=True) for act in (self.go_on, self.prey.look_after)
        ]

    def start(self) -> None:
        self.nemesis.begin()
        for thread in self.threads:
            thread.start()

    def go_on(self) -> None:
        while not self.stopping.wait(random.expovariate(1 / self.pace)):
            before, begun = self.nemesis.counts.copy(), self.clock()
            self.nemesis.act()
            (name,) = self.nemesis.counts - before
            self.windows.append(Window(name, begun, self.clock() + AFTERWARDS))
        self.prey.over.wait()

    def stop(self) -> None:
        """No more of them, and all that was killed is there again."""
        self.stopping.set()
        with self.prey.lock:  # the last one has been done
            self.nemesis.end()
        while any(not service.is_running() for service in self.prey.house.services.values()):
            time.sleep(0.1)

    def close(self) -> None:
        """Nothing is started again from here on."""
        with self.prey.lock:
            self.prey.stopping = True

    def during(self, moment: float) -> list[str]:
        return going_on(self.windows, moment)


def going_on(windows: list[Window], moment: float) -> list[str]:
    return [window.name for window in windows if window.begun <= moment <= window.ended]
