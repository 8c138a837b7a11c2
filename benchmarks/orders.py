"""Writing: what a submission costs beside an authenticated POST that inserts one row."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django_q.models import OrmQ

from accounts import keys, people
from benchmarks import contest, inside
from benchmarks.contest import Host, Request, Runner
from benchmarks.table import Line
from generation.models import GenerationTask
from generation.states import FAILED

BUYERS = 200
CREDITS = Decimal(100_000)
PROMPT = "A lantern boat on a still river at dusk, seen from the bridge, soft light on wet stone"
ORDER = {"prompt": PROMPT, "model_id": "nano-banana-pro", "aspect_ratio": "16:9", "resolution": "2K"}
NOTE = {"prompt": PROMPT, "model_id": "nano-banana-pro"}


@dataclass
class Submission:
    """Many people with a task or two each; between the visits their tasks end, as they do in life."""

    what: str = "submission of an image task"
    most_ratio: float = 3

    @cached_property
    def secrets(self) -> list[str]:
        buyers = (people.create_user(username=f"buyer-{n}", credits=CREDITS) for n in range(BUYERS))
        return [keys.issue(user=buyer, name="bench")[1] for buyer in buyers]

    @property
    def requests(self) -> list[Request]:
        return self.posts("/api/v1/generation/image", ORDER)

    def lines(self, host: Host, rounds: int) -> Iterator[Line]:
        orders, notes = self.requests, self.posts("/api/v1/bench/notes", NOTE)
        queries, least = inside.look(orders[0]).queries, inside.look(notes[0]).queries
        costs = contest.compare(
            host,
            product=Runner("submit", orders, status=202, afterwards=end_tasks),
            yardstick=Runner("note", notes, status=201),
            rounds=rounds,
        )
        yield Line(f"{self.what}: times a POST of one row", costs.ratio, self.most_ratio, costs.told())
        yield Line(f"{self.what}: SQL queries", queries, None, f"{queries} against {least}")

    def posts(self, path: str, body: dict) -> list[Request]:
        """The same from each buyer."""
        headers = {"Host": "127.0.0.1", "Content-Type": "application/json"}
        text = json.dumps(body)
        return [("POST", path, headers | {"X-API-Key": secret}, text) for secret in self.secrets]


def end_tasks() -> None:
    """Make room, without the worker: only the rows matter here."""
    GenerationTask.objects.unfinished().update(status=FAILED.status, stage=FAILED.stage, due_at=None)
    OrmQ.objects.all().delete()
