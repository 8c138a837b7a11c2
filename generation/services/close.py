"""An account closes: nothing of its owner's stays in flight, in storage or in words."""

from django.db.models import F
from django.utils import timezone

from accounts.models import User
from generation import signals
from generation.models import Exchange, GenerationTask
from generation.services.fail import end
from generation.states import CANCELLED, FAILED, RENDERING, STORING
from storage_app import deletion

FORGOTTEN = {
    "prompt": "",
    "input_params": {},
    "reference_files": [],
    "kept_references": {},
    "result_urls": [],
    "error_raw": "",
    "idempotency_key": None,
}


def let_go_of_everything(user: User) -> None:
    """Part of the transaction that closes the account; tombstones keep the ledger's references whole."""
    mine = GenerationTask.objects.owned_by(user)
    for task in mine.unfinished().select_for_update().order_by("pk"):
        _stop(task)
    for task in mine.visible().select_for_update().order_by("pk"):
        _forget(task)
    Exchange.objects.filter(task__user=user).delete()
    mine.update(deleted_at=timezone.now(), due_at=None, fence=F("fence") + 1, **FORGOTTEN)


def _stop(task: GenerationTask) -> None:
    """Unlike a cancel this also stops what is being stored: nobody is there to receive it."""
    GenerationTask.objects.filter(pk=task.pk).update(fence=F("fence") + 1)
    task.fence += 1
    state = FAILED if task.state in (STORING, RENDERING) else CANCELLED
    end(task, state, code="cancelled_by_user", who=f"user:{task.user_id}")


def _forget(task: GenerationTask) -> None:
    outputs = list(task.outputs.select_related("asset"))
    task.outputs.all().delete()
    for output in outputs:
        deletion.release_asset(output.asset)
    signals.task_deleted.send(sender=GenerationTask, task=task)
