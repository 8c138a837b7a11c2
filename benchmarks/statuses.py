"""Polling: what a status that has not changed costs beside an authenticated view that says hello."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.test import Client

from benchmarks import contest, inside
from benchmarks.buyers import buyers, end_tasks, ordered
from benchmarks.contest import Request, Runner
from benchmarks.run import Run
from benchmarks.table import Line


@dataclass
class StatusPoll:
    what: str = "status poll answered 304"
    most_ratio: float = 1.5

    @cached_property
    def requests(self) -> list[Request]:
        """Each buyer asks for the own task and names the answer that is known."""
        tasks = ordered(len(buyers()))
        return [poll(task.pk, secret) for task, (_buyer, secret) in zip(tasks, buyers(), strict=True)]

    def lines(self, run: Run) -> Iterator[Line]:
        hellos = [get("/api/v1/bench/hello", secret) for _buyer, secret in buyers()]
        queries, least = (inside.look(asked[0]).queries for asked in (self.requests, hellos))
        costs = contest.compare(
            run.host,
            product=Runner("status", self.requests, status=304),
            yardstick=Runner("hello", hellos),
            rounds=run.rounds,
        )
        end_tasks()
        yield Line(f"{self.what}: times a view that says hello", costs.ratio, self.most_ratio, costs.told())
        yield Line(f"{self.what}: SQL queries", queries, least + 1, f"{queries} against {least}")


def get(path: str, secret: str, **headers: str) -> Request:
    return ("GET", path, {"Host": "127.0.0.1", "X-API-Key": secret} | headers, "")


def poll(task_id, secret: str) -> Request:
    path = f"/api/v1/generation/tasks/{task_id}/status"
    etag = Client().get(path, headers=get(path, secret)[2])["ETag"]
    return get(path, secret, **{"If-None-Match": etag})
