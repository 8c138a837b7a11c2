"""End a task without a result: its credits return in the transaction that ends it."""

from django.db import transaction

from accounts import ledger
from generation import signals
from generation.models import GenerationTask
from generation.states import CANCELLED, FAILED, State
from smartspec.lib import crash_points


def fail(task: GenerationTask, *, code: str, raw: str = "", who: str = "worker", **changes) -> bool:
    """`code` is one of TASK_ERRORS; `raw` the provider's words, for staff only."""
    return end(task, FAILED, code=code, raw=raw, who=who, **changes)


def end(task: GenerationTask, state: State, *, code: str, raw: str = "", who: str, **changes) -> bool:
    """Move to `failed` or `cancelled` and release the hold; False when somebody else was first."""
    if state not in (FAILED, CANCELLED):
        raise ValueError(state)
    with transaction.atomic():
        if not task.move_to(state, who=who, why=raw or code, error_code=code, error_raw=raw, **changes):
            return False
        crash_points.reach("end.moved")
        ledger.release(task.hold, reason=code)
        crash_points.reach("end.released")
        signals.task_ended.send(sender=GenerationTask, task=task)
    crash_points.reach("end.committed")
    return True
