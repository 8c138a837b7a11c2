"""Stop a task, or let go of a finished one."""

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from generation import signals
from generation.errors import TooLate, TooManyCancels
from generation.models import LIVE_STATUSES, GenerationTask
from generation.services.fail import end
from generation.states import CANCELLED, RENDERING, STORING
from smartspec.lib import crash_points
from smartspec.lib.throttle import Policy, take
from storage_app import deletion

DAY = 86400  # seconds


def cancel(
    task: GenerationTask, *, by: User, code: str = "cancelled_by_user", is_counted: bool = False
) -> bool:
    """Credits return at once; what the provider still delivers is thrown away. Raises TooLate.

    False when the task had ended by itself. `is_counted`: a person may do this so often in a day, once the
    provider may have been paid; raises TooManyCancels.
    """
    with transaction.atomic():
        current = GenerationTask.objects.select_for_update().get(pk=task.pk)
        if current.status not in LIVE_STATUSES:
            return False
        if current.state in (STORING, RENDERING):
            raise TooLate
        if is_counted and current.status == "processing":
            _count(by)
        # a worker may hold the row: the raised fence tells it that its claim is over
        GenerationTask.objects.filter(pk=current.pk).update(fence=F("fence") + 1)
        current.fence += 1
        crash_points.reach("cancel.fenced")
        return end(current, CANCELLED, code=code, who=f"user:{by.pk}")


def _count(by: User) -> None:
    """What is stopped after it was ordered is paid for by the house."""
    standing = take(Policy("cancels", settings.GENERATION_CANCELS_PER_DAY, DAY), str(by.pk))
    if not standing.allowed:
        raise TooManyCancels(retry_after=standing.resets_in)


def delete(task: GenerationTask, *, by: User) -> GenerationTask:
    """In flight: cancel. Ended: remove the files; a tombstone stays for idempotency and the ledger."""
    if cancel(task, by=by, is_counted=True):
        return GenerationTask.objects.get(pk=task.pk)
    with transaction.atomic():
        current = GenerationTask.objects.select_for_update().get(pk=task.pk)
        outputs = list(current.outputs.select_related("asset"))
        current.outputs.all().delete()
        current.exchanges.all().delete()
        for output in outputs:
            deletion.release_asset(output.asset)
        signals.task_deleted.send(sender=GenerationTask, task=current)
        crash_points.reach("delete.released")
        current.deleted_at = timezone.now()
        current.due_at = None
        current.fence += 1  # a worker may be bringing home a late result
        current.save(update_fields=["deleted_at", "due_at", "fence"])
    return current
