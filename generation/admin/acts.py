"""What an operator may do about a task: each act asks why, and leaves a row of the audit that says so."""

from collections.abc import Callable

from django import forms
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from generation import services
from generation.errors import ReasonMissing
from generation.models import GenerationTask
from smartspec.lib.throttle import address_of
from smartspec.lib.usual_words import UsualWords

CANCELLED_HERE = "cancelled_by_operator"
LONGEST_REASON = 120
USUAL = (
    _("The owner asked for it"),
    _("It hangs"),
    _("The result cannot be used"),
    _("Made good for a fault of ours"),
    _("Abuse"),
)


def cancel(task: GenerationTask, by: User, reason: str) -> bool:
    return services.cancel(task, by=by, code=CANCELLED_HERE)


def retry(task: GenerationTask, by: User, reason: str) -> bool:
    return bool(services.retry(task, by=task.user))


def refetch(task: GenerationTask, by: User, reason: str) -> bool:
    return services.look_again(task)


def refund(task: GenerationTask, by: User, reason: str) -> bool:
    return services.refund(task, by=by, reason=reason)


ACTS: dict[str, Callable[[GenerationTask, User, str], bool]] = {
    "cancel": cancel,
    "retry": retry,
    "refetch": refetch,
    "refund": refund,
}
DONE = {
    "cancel": _("The task was cancelled."),
    "retry": _("The same request was submitted again for its owner."),
    "refetch": _("The provider is asked again in a moment."),
    "refund": _("The credits were given back."),
}


class ReasonForm(forms.Form):
    """One question: why."""

    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_REASON, widget=UsualWords(USUAL))


def act_on(task: GenerationTask, name: str, *, request: HttpRequest, reason: str) -> bool:
    """False when there was nothing to do. Raises ReasonMissing, and what the service raises."""
    reason = reason.strip()[:LONGEST_REASON]
    if not reason:
        raise ReasonMissing
    with transaction.atomic():
        if not ACTS[name](task, request.user, reason):
            return False
        told = f"{name} {task.pk}: {reason}"
        audit.note(audit.Action.TASK_ACT, user=request.user, object=told, address=address_of(request))
    return True
