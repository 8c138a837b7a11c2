"""Watching a task from outside the worker: by reading its row, as everybody else does."""

import time
from collections.abc import Callable

from gallery.errors import NobodyWorks
from generation.models import LIVE_STATUSES, GenerationTask

LOOK_EVERY = 0.2  # seconds


def follow(
    task: GenerationTask, *, patience: float, seen: Callable[[GenerationTask], None] = lambda task: None
) -> GenerationTask:
    """Return when the task has ended; `seen` is called with every reading of it.

    Raises NobodyWorks when no worker has touched it within `patience` seconds.
    """
    last_moment = time.monotonic() + patience
    while task.status in LIVE_STATUSES:
        if is_untouched(task) and time.monotonic() > last_moment:
            raise NobodyWorks(seconds=patience)
        time.sleep(LOOK_EVERY)
        task.refresh_from_db()
        seen(task)
    return task


def is_untouched(task: GenerationTask) -> bool:
    """Every claim raises the fence, so this one was never claimed."""
    return task.fence == 0
