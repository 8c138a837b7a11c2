"""What a request is a remix of: an own task, or a work that everybody may see."""

import uuid
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from generation import signals
from generation.models import GenerationTask
from smartspec.lib.errors import InvalidInput


@dataclass(frozen=True)
class Origin:
    """`task_id` is None for a work that no task made; `slug` is empty for an own task."""

    task_id: uuid.UUID | None
    slug: str = ""


def origin_of(user: User, value: str) -> Origin:
    """What `remix_of` names; raises InvalidInput alike for what does not exist and what is not theirs."""
    found = _own_task(user, value) or _public_work(value)
    if found is None:
        detail = _("No task of yours and no public work has this name.")
        error = {"pointer": "/remix_of", "code": "unknown_origin", "detail": detail}
        raise InvalidInput(f"remix_of: {detail}", errors=[error])
    return found


def _own_task(user: User, value: str) -> Origin | None:
    try:
        task_id = uuid.UUID(value)
    except ValueError:
        return None
    is_theirs = GenerationTask.objects.owned_by(user).visible().filter(pk=task_id).exists()
    return Origin(task_id) if is_theirs else None


def _public_work(slug: str) -> Origin | None:
    """Asked of whoever shows works: this room knows none."""
    answers = signals.work_named.send(sender=Origin, slug=slug)
    return next((found for _receiver, found in answers if found is not None), None)
