"""What a worker does with a task: claim it, take its next step, and go on while it is due."""

from datetime import timedelta

from django.conf import settings

from generation import admission, services
from generation.models import GenerationTask
from smartspec.lib.due import kept
from smartspec.lib.tracing import about

STEPS = {
    "queued": services.start,
    "submitting": services.doubt,  # found with a dead lease
    "unconfirmed": services.confirm,
    "waiting": services.refresh,
    "generating": services.refresh,
    "storing": services.store,
    "rendering": services.render,
    "done": services.receive_late,
}
GIVE_UP_AFTER = 25  # claims without progress: this row kills or breaks its workers


def advance(task_id: str) -> None:
    """One task as far as it goes now. Delivered twice, the second delivery finds nothing to claim."""
    while task := GenerationTask.objects.claim(lease=lease(), pk=task_id):
        step_by_step(task)


def sweep(limit: int) -> int:
    """Due tasks that no wake-up came for, oldest first; returns how many steps were taken."""
    admission.admit()
    for worked in range(limit):
        task = GenerationTask.objects.claim(lease=lease())
        if task is None:
            return worked
        step_by_step(task)
    return limit


def step_by_step(task: GenerationTask) -> None:
    """One step, and those after it for as long as the claim goes on."""
    with kept(task, lease=lease()):
        while step(task):
            pass


def step(task: GenerationTask) -> bool:
    """True when the task has moved and is still ours."""
    before = task.stage
    with about(str(task.pk), f"task {before}"):
        if task.tries > GIVE_UP_AFTER:
            services.fail(task, code="internal", raw=f"given up at {before} after {task.tries} claims")
        else:
            STEPS[before](task)
    return task.stage != before and task.lease_until is not None


def lease() -> timedelta:
    return timedelta(seconds=settings.GENERATION_LEASE_SECONDS)
