"""A place kept for a work that is still being made."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from gallery import moderation, publishing
from gallery.models import Reservation
from gallery.submission import create_from_task
from generation.models import GenerationTask
from smartspec.lib.due import backoff
from smartspec.lib.queue import wake

LOOK_AGAIN = timedelta(minutes=1)  # should the task's signal ever be lost
MOST_TRIES = 20


def reserve(
    task: GenerationTask,
    *,
    by: User,
    fields: Mapping[str, Any],
    approve: bool = False,
    item_id: UUID | None = None,
) -> Reservation:
    """Promise an item for `task`: it comes with the bytes, and is approved at once with `approve`."""
    publishing.categories_named(fields.get("categories", ()))
    given = {"by": by, "fields": dict(fields), "approve": approve, "due_at": timezone.now() + LOOK_AGAIN}
    if item_id:
        given["item_id"] = item_id
    with transaction.atomic():
        reservation, _created = Reservation.objects.get_or_create(task=task, defaults=given)
        task.refresh_from_db()
        if task.completed_at:
            wake_up(task)
    return reservation


def wake_up(task: GenerationTask) -> None:
    """The task has its files: its reservation, if any, is due now. Part of the caller's transaction."""
    for reservation in Reservation.objects.filter(task=task):
        Reservation.objects.filter(pk=reservation.pk).update(due_at=timezone.now())
        wake("gallery.jobs.fulfil", str(reservation.pk))


def cancel(task: GenerationTask) -> None:
    """There will be no files, so there will be no item."""
    Reservation.objects.filter(task=task).delete()


def fulfil(held: Reservation) -> None:
    """Carry out a claimed reservation; it stays until its item stands (and is approved, where asked)."""
    task = held.task
    if task.status in ("failed", "cancelled") or task.deleted_at:
        cancel(task)
        return
    if task.status != "completed":
        held.put_back(delay=LOOK_AGAIN)
        return
    item = create_from_task(task, by=held.by, fields=held.fields, item_id=held.item_id)
    if held.approve:
        moderation.approve(item, by=held.by)
    Reservation.objects.filter(pk=held.pk, fence=held.fence).delete()


def retry(held: Reservation, *, error: str) -> None:
    """Try again later, and after many times leave the row for people to see."""
    if held.tries >= MOST_TRIES:
        held.finish(error=error)
    else:
        held.put_back(delay=backoff(held.tries), error=error)
