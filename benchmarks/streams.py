"""Event streams: what 200 open ones cost the pages, when their process shares the core with the web's."""

import time
from collections.abc import Callable, Iterator
from functools import partial

from benchmarks import contest
from benchmarks.buyers import end_tasks, ordered
from benchmarks.contest import Costs, Host, Runner, Unexpected
from benchmarks.ground import web
from benchmarks.listeners import Listeners, listening
from benchmarks.pages import PAGES
from benchmarks.run import Run
from benchmarks.table import Line
from generation import streaming
from generation.models import GenerationTask
from generation.states import SUBMITTING

STREAMS = 200  # what the streams process holds
STREAMS_IN_WEB = 16
MOST_RATIO = 1.1
PATIENCE = 30.0  # seconds


def lines(run: Run) -> Iterator[Line]:
    tasks = ordered(STREAMS + 1)
    paths = [path_of(task) for task in tasks]
    with web(run.ground, door="asgi") as (port, pid):
        host = Host(run.host.port, (*run.host.roots, pid))
        costs = beside_streams(host, run.rounds, lambda: listening(port, paths[:-1]))
        with listening(port, paths) as listeners:
            heard = heard_of_a_move(listeners, tasks)
            refused = sorted(listeners.statuses)[-1]
    what = f"a list page while {STREAMS} event streams are open"
    yield Line(f"{what}: times without", costs.ratio, MOST_RATIO, costs.told())
    shown = f"{heard} of {STREAMS}; one more is answered {refused}"
    yield Line("streams that hear of a move", heard, STREAMS, shown, at_least=True)
    yield from in_web(run, paths)
    end_tasks()


def path_of(task: GenerationTask) -> str:
    return f"/api/v1/generation/tasks/{task.pk}/events?token={streaming.token_for(task.pk)}"


def beside_streams(host: Host, rounds: int, opened: Callable) -> Costs:
    """Processor time of web, streams and servers for each page: what a page costs on their one core."""
    page = Runner("list", PAGES["list"].requests)
    count, costs = contest.enough(host, page), Costs()
    for _round in range(rounds):
        costs.yardstick.append(contest.visit(host, page, count))
        with opened() as listeners:
            until(partial(all, listeners.events))
            costs.product.append(contest.visit(host, page, count))
    return costs


def heard_of_a_move(listeners: Listeners, tasks: list[GenerationTask]) -> int:
    """How many streams hear of it when every task makes a move."""
    until(partial(all_answered, listeners))
    for task in tasks:
        task.move_to(SUBMITTING, who="bench", due_at=task.due_at)
    until(lambda: sum(count > 1 for count in listeners.events) >= STREAMS)
    return sum(count > 1 for count in listeners.events)


def all_answered(listeners: Listeners) -> bool:
    """Refused, or told the history."""
    return all(events or status == "429" for events, status in listeners.heard())


def in_web(run: Run, paths: list[str]) -> Iterator[Line]:
    """The web process as it is shipped keeps serving beside the few streams it takes."""
    page = Runner("list", PAGES["list"].requests)
    with web(run.ground, threads=32) as (port, pid):
        host = Host(port, (pid, *run.ground.server_pids))
        contest.visit(host, page, contest.FEWEST)
        with listening(port, paths[: STREAMS_IN_WEB + 1]) as listeners:
            until(lambda: all(listeners.statuses))
            contest.visit(host, page, contest.FEWEST)
            answered = sorted(listeners.statuses)
    held = answered.count("200")
    shown = f"{held} of {len(answered)}, the other is answered {answered[-1]}; pages are served beside them"
    yield Line("streams held by the web process", held, STREAMS_IN_WEB, shown)


def until(true: Callable[[], object]) -> None:
    ends_at = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > ends_at:
            raise Unexpected("the streams stay silent")
        time.sleep(0.05)
