"""Give back what a task cost: once, with a reason, on the record."""

from django.db import transaction

from accounts import audit, ledger
from accounts.audit import Action
from accounts.models import User
from generation.errors import ReasonMissing
from generation.models import GenerationTask
from generation.receipts import refund_mark, refund_of


def refund(task: GenerationTask, *, by: User, reason: str) -> bool:
    """False when the task was free, or paid back before."""
    if not reason:
        raise ReasonMissing
    with transaction.atomic():
        current = GenerationTask.objects.select_for_update().select_related("user").get(pk=task.pk)
        if not current.credits_used or refund_of(current).exists():
            return False
        why = f"{refund_mark(current)}{reason}"[:200]
        ledger.grant(user=current.user, amount=current.credits_used, reason=why)
        audit.note(Action.CREDITS_GRANTED, user=by, object=f"{current.credits_used} to {current.user_id}")
    return True
