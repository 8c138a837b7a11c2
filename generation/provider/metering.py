"""How long the provider took and what it answered, counted by the process that asked."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from prometheus_client import Histogram

from generation.provider.answers import Answer
from smartspec.lib import tracing
from smartspec.lib.counts import OWN

CALLS = {  # the last word of an address: what the call is for
    "createTask": "order",
    "generate": "order",
    "recordInfo": "reading",
    "record-info": "reading",
    "credit": "balance",
    "download-url": "link",
    "file-stream-upload": "upload",
}
NO_ANSWER = "none"

seconds = Histogram(
    "smartspec_provider_seconds",
    "From a call of the provider to the end of its answer.",
    ["call", "answer"],
    buckets=(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60),
    registry=OWN,
)


@dataclass
class Call:
    """`answer` stays None when none came."""

    kind: str
    answer: Answer | None = None

    @property
    def outcome(self) -> str:
        """The envelope's code, which tells more than HTTP's: a refusal comes with 200."""
        if self.answer is None:
            return NO_ANSWER
        code = self.answer.code or self.answer.status
        return str(code) if 100 <= code < 600 else "other"


@contextmanager
def metered(url: str) -> Iterator[Call]:
    call = Call(CALLS.get(urlsplit(url).path.rpartition("/")[2], "other"))
    begun = time.perf_counter()
    with tracing.span(f"provider {call.kind}") as span:
        try:
            yield call
        finally:
            seconds.labels(call.kind, call.outcome).observe(time.perf_counter() - begun)
            span.set_attribute("smartspec.answer", call.outcome)
