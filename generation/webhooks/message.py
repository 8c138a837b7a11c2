"""What a webhook says of a task: where it stands, never the prompt nor a file."""

import json
from datetime import UTC

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.api.fields import CreditsField
from generation.errors import RETRYABLE
from generation.models import GenerationTask

CREDITS = CreditsField()
EVENTS = {"completed": "task.completed", "failed": "task.failed", "cancelled": "task.cancelled"}


def event_of(task: GenerationTask) -> str:
    return EVENTS[task.status]


def body_of(task: GenerationTask) -> str:
    """JSON {type, timestamp, data}; the files are read from `data.url` with a key."""
    message = {
        "type": event_of(task),
        "timestamp": _moment(timezone.now()),
        "data": {
            "id": str(task.id),
            "task_type": task.task_type,
            "model_id": task.model_id,
            "status": task.status,
            "stage": task.stage,
            "progress": task.progress,
            "sequence": task.sequence,
            "credits_used": CREDITS.to_representation(task.credits_used),
            "error": _error_of(task),
            "updated_at": _moment(task.changed_at),
            "url": settings.SITE_URL + reverse("task", kwargs={"task_id": task.id}),
        },
    }
    return json.dumps(message, separators=(",", ":"))


def _error_of(task: GenerationTask) -> dict | None:
    if not task.error_code:
        return None
    return {"code": task.error_code, "retryable": task.error_code in RETRYABLE, "charged": False}


def _moment(when) -> str:
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z")
