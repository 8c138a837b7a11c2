"""What can be said of a running task's end, from what tasks of the same model and size took before."""

from datetime import datetime

from django.utils import timezone

from generation import timing
from generation.models import LIVE_STATUSES, GenerationTask
from generation.waiting_line import wait_ms

MADE = 0.9  # the share of progress that ends when the provider is done
PATIENCE = 0.5  # of the time until the deadline: later is late where nothing was measured


def noted(task: GenerationTask) -> dict:
    """The columns of a running task that say how far it is; empty when they say so already.

    Progress is kept and only ever raised, whatever the next measurement says.
    """
    now = timezone.now()
    times, elapsed = timing.samples(task.model_id, task.size), elapsed_ms(task, now)
    left = timing.remaining(times, elapsed)
    share = elapsed / (elapsed + left) if left else float(bool(times))
    found = {
        "progress": max(task.progress, round(MADE * share, 2)),
        "is_late": task.is_late or is_late(task, times, now),
    }
    unchanged = found == {"progress": task.progress, "is_late": task.is_late}
    return {} if unchanged else found | {"changed_at": now}


def is_late(task: GenerationTask, times: list[int], now: datetime) -> bool:
    """Slower than nearly all before it."""
    if times:
        return elapsed_ms(task, now) > timing.nearest(times, timing.LATE_FROM)
    return now > task.started_at + PATIENCE * (task.deadline_at - task.started_at)


def elapsed_ms(task: GenerationTask, now: datetime) -> float:
    return max(0.0, (now - (task.started_at or now)).total_seconds() * 1000)


def eta_ms(task: GenerationTask) -> int | None:
    """What is left, the wait for its turn included; None when unmeasured, longer than ever, or ended."""
    if task.status not in LIVE_STATUSES:
        return None
    times = timing.samples(task.model_id, task.size)
    left = timing.remaining(times, elapsed_ms(task, timezone.now()))
    if left is None:
        return None
    before = wait_ms(task.user_id, timing.nearest(times, 0.5), task=task) if task.status == "pending" else 0
    return int(before + left)


def eta_of_new(user_id, model_id: str, size: str) -> int | None:
    """The same for a task that this user would order now."""
    usual = timing.nearest(timing.samples(model_id, size), 0.5)
    return None if usual is None else int(wait_ms(user_id, usual) + usual)
