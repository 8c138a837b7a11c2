"""Two kinds of request to the same process, in turns: the ratio of what they cost is the figure.

A machine that is slower today, or busy with other things, is so for both: the ratio of one round
hardly moves where seconds would.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from benchmarks.accounting import processor_seconds
from benchmarks.cores import LOAD_CORE, on_core

VISIT_SECONDS = 1.0  # of the server's processor time that one visit aims at
LONGEST_VISIT = 60.0  # seconds on the clock
FEWEST, MOST = 50, 10_000
Request = tuple[str, str, dict[str, str], str]  # method, path, headers, body


class Unexpected(RuntimeError):
    """The server answered something else than what was to be measured."""


@dataclass(frozen=True)
class Runner:
    name: str
    requests: list[Request]
    status: int = 200
    afterwards: Callable[[], None] = lambda: None  # tidies up after a visit, unmeasured


@dataclass(frozen=True)
class Host:
    """The server under load; `roots` are the processes whose families work for it."""

    port: int
    roots: tuple[int, ...]


@dataclass
class Costs:
    """Microseconds of processor time per request, one figure a round."""

    product: list[float] = field(default_factory=list)
    yardstick: list[float] = field(default_factory=list)

    @property
    def ratios(self) -> list[float]:
        return [mine / least for mine, least in zip(self.product, self.yardstick, strict=True)]

    @property
    def ratio(self) -> float:
        return median(self.ratios)

    def told(self) -> str:
        mine, least = (median(found) / 1000 for found in (self.product, self.yardstick))
        spread = f"{min(self.ratios):.2f}–{max(self.ratios):.2f}"
        return f"{self.ratio:.2f} ({spread}): {mine:.2f} ms against {least:.2f} ms"


def compare(host: Host, *, product: Runner, yardstick: Runner, rounds: int) -> Costs:
    """`rounds` rounds; who comes first changes from one to the next."""
    return Costs(*take_turns([(host, product), (host, yardstick)], rounds=rounds))


def take_turns(lanes: list[tuple[Host, Runner]], *, rounds: int) -> list[list[float]]:
    """What each lane's requests cost, a figure a round: compare any two of them."""
    counts = [enough(host, runner) for host, runner in lanes]
    found: list[list[float]] = [[] for _lane in lanes]
    for number in range(rounds):
        for place in range(len(lanes))[:: -1 if number % 2 else 1]:
            found[place].append(visit(*lanes[place], counts[place]))
    return found


def enough(host: Host, runner: Runner) -> int:
    """How many requests make a visit, after every address was asked once and is warm."""
    warm = max(len(runner.requests), FEWEST)
    visit(host, runner, warm)
    cost = visit(host, runner, warm)
    wanted = round(VISIT_SECONDS * 1e6 / max(cost, 1))
    return min(MOST, max(FEWEST, len(runner.requests), wanted))


def visit(host: Host, runner: Runner, count: int) -> float:
    """Microseconds of processor time for each of `count` requests."""
    job = {"port": host.port, "requests": runner.requests, "count": count, "seconds": LONGEST_VISIT}
    before = processor_seconds(*host.roots)
    done = subprocess.run(
        on_core(LOAD_CORE, [sys.executable, "-m", "benchmarks.client"]),
        input=json.dumps(job),
        capture_output=True,
        text=True,
        check=False,
    )
    spent = processor_seconds(*host.roots) - before
    runner.afterwards()
    if done.returncode:
        raise Unexpected(done.stderr[-2000:])
    seen = json.loads(done.stdout)
    if seen["statuses"] != {str(runner.status): seen["requests"]}:
        raise Unexpected(f"{runner.name}: {seen['statuses']}")
    return spent * 1e6 / seen["requests"]
