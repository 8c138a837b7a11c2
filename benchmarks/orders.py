"""Writing: what a submission costs beside an authenticated POST that inserts one row."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks import contest, inside
from benchmarks.buyers import ORDER, PROMPT, buyers, end_tasks
from benchmarks.contest import Request, Runner
from benchmarks.run import Run
from benchmarks.table import Line

NOTE = {"prompt": PROMPT, "model_id": "nano-banana-pro"}


@dataclass
class Submission:
    """Many people with a task or two each; between the visits their tasks end, as they do in life."""

    what: str = "submission of an image task"
    most_ratio: float = 2.5

    @property
    def requests(self) -> list[Request]:
        return posts("/api/v1/generation/image", ORDER)

    def lines(self, run: Run) -> Iterator[Line]:
        orders, notes = self.requests, posts("/api/v1/bench/notes", NOTE)
        queries, least = inside.look(orders[0]).queries, inside.look(notes[0]).queries
        costs = contest.compare(
            run.host,
            product=Runner("submit", orders, status=202, afterwards=end_tasks),
            yardstick=Runner("note", notes, status=201),
            rounds=run.rounds,
        )
        yield Line(f"{self.what}: times a POST of one row", costs.ratio, self.most_ratio, costs.told())
        yield Line(f"{self.what}: SQL queries", queries, None, f"{queries} against {least}")


def posts(path: str, body: dict) -> list[Request]:
    """The same from each buyer."""
    headers = {"Host": "127.0.0.1", "Content-Type": "application/json"}
    text = json.dumps(body)
    return [("POST", path, headers | {"X-API-Key": secret}, text) for _buyer, secret in buyers()]
