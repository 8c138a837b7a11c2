"""Everything that knows django-q2: the wake-up, and the worker that keeps it alive."""

from smartspec.lib.queue.wakeups import wake

__all__ = ["wake"]
