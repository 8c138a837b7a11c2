"""Give back what a task cost: once, with a reason, on the record."""

from django.db import transaction

from accounts import audit, ledger
from accounts.audit import Action
from accounts.models import LedgerEntry, User
from generation.errors import ReasonMissing
from generation.models import GenerationTask


def refund(task: GenerationTask, *, by: User, reason: str) -> bool:
    """False when the task was free, or paid back before."""
    if not reason:
        raise ReasonMissing
    with transaction.atomic():
        current = GenerationTask.objects.select_for_update().select_related("user").get(pk=task.pk)
        mark = f"refund of {current.pk}: "
        grants = LedgerEntry.objects.owned_by(current.user).filter(kind=LedgerEntry.Kind.GRANT)
        if not current.credits_used or grants.filter(reason__startswith=mark).exists():
            return False
        ledger.grant(user=current.user, amount=current.credits_used, reason=f"{mark}{reason}"[:200])
        audit.note(Action.CREDITS_GRANTED, user=by, object=f"{current.credits_used} to {current.user_id}")
    return True
