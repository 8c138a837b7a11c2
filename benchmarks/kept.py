"""A page from memory: what it costs beside a constant template of equal bytes, and how fresh it stays."""

from collections.abc import Iterator

from benchmarks import contest, inside
from benchmarks.contest import Costs, Host, Runner
from benchmarks.ground import web
from benchmarks.pages import PAGES
from benchmarks.run import Run
from benchmarks.table import Line

LEAST_THROUGHPUT = 95  # per cent of the constant template's
MEMORY_MB = "64"


def lines(run: Run) -> Iterator[Line]:
    page = PAGES["list"]
    bodies = sorted((inside.ask(request) for request in page.requests), key=len)
    constant = page.constant(bodies[len(bodies) // 2])
    with web(run.ground, env={"PAGE_CACHE_MB": MEMORY_MB}) as (port, pid):
        host = Host(port, (pid, *run.ground.server_pids))
        lanes = [(host, Runner("kept", page.requests)), (host, constant)]
        costs = Costs(*contest.take_turns(lanes, rounds=run.rounds))
    share = 100 / costs.ratio
    shown = f"{share:.0f} %: {costs.told()}"
    yield Line(
        "a kept list page: throughput beside a constant template", share, LEAST_THROUGHPUT, shown, " %", True
    )
