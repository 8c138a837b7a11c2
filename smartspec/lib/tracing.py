"""What work is part of which: spans for OpenTelemetry where it is wanted, and the task in every log line.

Nothing of OpenTelemetry is loaded here: `smartspec.lib.telemetry` sets the tracer where an address for
traces is set, and without one a span costs a function call.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

from smartspec.lib import logs


class Span(Protocol):
    def set_attribute(self, key: str, value: Any) -> None: ...
    def update_name(self, name: str) -> None: ...


class Unseen:
    """A span where nobody looks."""

    def set_attribute(self, key: str, value: Any) -> None:
        """Nothing is kept."""

    def update_name(self, name: str) -> None:
        """Nothing is kept."""


UNSEEN = Unseen()


class Tracing:
    """`open` begins a span of this name with these attributes; None where no traces are wanted."""

    def __init__(self) -> None:
        self.open = None
        self.flush = lambda: None


tracing = Tracing()


@contextmanager
def span(name: str, **attributes: str) -> Iterator[Span]:
    """Part of the span around it; the task and the request at work are told by themselves."""
    if tracing.open is None:
        yield UNSEEN
        return
    opened: AbstractContextManager[Span] = tracing.open(name, attributes | at_work())
    with opened as now:
        yield now


def at_work() -> dict[str, str]:
    told = {"smartspec.task_id": logs.task_id.get(), "smartspec.request_id": logs.request_id.get()}
    return {name: value for name, value in told.items() if value not in ("", "-")}


@contextmanager
def about(task_id: str, doing: str) -> Iterator[None]:
    """Whatever is logged and traced inside is about this task."""
    token = logs.task_id.set(task_id)
    try:
        with span(doing):
            yield
    finally:
        logs.task_id.reset(token)
