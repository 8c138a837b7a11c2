"""What the provider answers, for whoever wants to keep it; nobody who calls the client has to care."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple


class Heard(NamedTuple):
    """`status` is None when no answer came; then `text` says why."""

    status: int | None
    text: str


_listening: ContextVar[list[Heard] | None] = ContextVar("listening", default=None)


@contextmanager
def overhearing() -> Iterator[list[Heard]]:
    """The list grows with every answer that this thread gets inside."""
    heard: list[Heard] = []
    token = _listening.set(heard)
    try:
        yield heard
    finally:
        _listening.reset(token)


def note(status: int | None, text: str) -> None:
    heard = _listening.get()
    if heard is not None:
        heard.append(Heard(status, text))
