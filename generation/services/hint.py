"""A callback is a hint: it wakes a reading, at most every two seconds, and changes nothing by itself."""

import hmac
import logging
import time
import uuid
from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from generation import exchanges
from generation.models import CallbackCount, GenerationTask
from generation.provider import callbacks, signature
from generation.services.submit import JOB
from smartspec.lib import crash_points
from smartspec.lib.queue import wake

log = logging.getLogger(__name__)

AT_MOST_EVERY = timedelta(seconds=2)


def take_hint(*, task_id: uuid.UUID, token: str, headers: Mapping[str, str], body: dict) -> bool:
    """True when a reading was woken. Whatever else came is counted and leaves no other trace."""
    outcome = _judged(task_id, token, headers, body)
    count(outcome)
    return outcome == "heeded"


def _judged(task_id: uuid.UUID, token: str, headers: Mapping[str, str], body: dict) -> str:
    task = GenerationTask.objects.filter(pk=task_id, deleted_at=None).first()
    if task is None or not hmac.compare_digest(task.callback_token.encode(), token.encode()):
        log.info("callback for task %s not believed: unknown id or token", task_id)
        return "unknown"
    secret = settings.KIE_AI_WEBHOOK_HMAC_KEY
    if secret and not signature.verify(headers, body, secret, time.time()):
        log.info("callback for task %s not believed: signature", task_id)
        return "unsigned"
    crash_points.reach("hint.believed")
    outcome = "heeded" if _wake(task, callbacks.upstream_id_of(body)) else "not needed"
    exchanges.keep_callback(task, body, outcome)
    return outcome


def count(outcome: str) -> None:
    """`heeded`, `not needed` (repeated, or the task has ended), `unknown` (id or token), `unsigned`."""
    today = CallbackCount.objects.filter(day=timezone.now().date(), outcome=outcome)
    if not today.update(count=F("count") + 1):
        first = CallbackCount(day=timezone.now().date(), outcome=outcome)
        CallbackCount.objects.bulk_create([first], ignore_conflicts=True)
        today.update(count=F("count") + 1)


def look_again(task: GenerationTask) -> bool:
    """An operator's hint: the provider is asked now. False when nothing more can come of it."""
    return _wake(task, None)


def _wake(task: GenerationTask, upstream_id: str | None) -> bool:
    now = timezone.now()
    wakeable = Q(status__in=["pending", "processing"]) | Q(status="failed", error_code="provider_timeout")
    quiet = Q(callback_at=None) | Q(callback_at__lt=now - AT_MOST_EVERY)
    changes = {"callback_at": now, "due_at": now, "hint_fence": F("fence")}
    if upstream_id and task.external_task_id is None:
        changes["claimed_external_id"] = upstream_id[:128]
    if not GenerationTask.objects.filter(wakeable, quiet, pk=task.pk).update(**changes):
        return False
    crash_points.reach("hint.written")
    wake(JOB, str(task.id))
    return True
