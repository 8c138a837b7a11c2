"""Writing: what a submission costs beside an authenticated POST that inserts one row."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from accounts import keys, people
from benchmarks import contest, inside
from benchmarks.contest import Host, Request, Runner
from benchmarks.table import Line
from generation.models import GenerationTask

CREDITS = Decimal(10_000_000)
PROMPT = "A lantern boat on a still river at dusk, seen from the bridge, soft light on wet stone"
ORDER = {"prompt": PROMPT, "model_id": "nano-banana-pro", "aspect_ratio": "16:9", "resolution": "2K"}
NOTE = {"prompt": PROMPT, "model_id": "nano-banana-pro"}


@dataclass
class Submission:
    what: str = "submission of an image task"
    most_ratio: float = 3

    @cached_property
    def secret(self) -> str:
        user = people.create_user(username="buyer", credits=CREDITS)
        return keys.issue(user=user, name="bench")[1]

    @property
    def requests(self) -> list[Request]:
        return [self.post("/api/v1/generation/image", ORDER)]

    def lines(self, host: Host, rounds: int) -> Iterator[Line]:
        [order], note = self.requests, self.post("/api/v1/bench/notes", NOTE)
        queries, least = inside.look(order).queries, inside.look(note).queries
        costs = contest.compare(
            host,
            product=Runner("submit", [order], status=202),
            yardstick=Runner("note", [note], status=201),
            rounds=rounds,
        )
        taken = GenerationTask.objects.count()
        shown = f"{costs.told()} over {taken:,} tasks"
        yield Line(f"{self.what}: times a POST of one row", costs.ratio, self.most_ratio, shown)
        yield Line(f"{self.what}: SQL queries", queries, None, f"{queries} against {least}")

    def post(self, path: str, body: dict) -> Request:
        headers = {"Host": "127.0.0.1", "Content-Type": "application/json", "X-API-Key": self.secret}
        return ("POST", path, headers, json.dumps(body))
