"""What became of the variants that were ordered: still being made, failed, or a work to judge."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from gallery import editing
from gallery.desk import judging, looks, sittings
from gallery.models import Item, Reservation
from generation.errors import TASK_ERRORS
from generation.models import LIVE_STATUSES, GenerationTask

STAGES = {
    "queued": _("Waiting for its turn"),
    "submitting": _("Being ordered"),
    "unconfirmed": _("Being ordered"),
    "waiting": _("Waiting at the provider"),
    "generating": _("Being generated"),
    "storing": _("Being stored"),
    "rendering": _("Being stored"),
    "done": _("On its way into the gallery"),
}


@dataclass(frozen=True)
class Variant:
    number: int
    task: GenerationTask
    item: Item | None = None
    reservation: Reservation | None = None

    @property
    def failure(self) -> str:
        """Why no work will come; empty while one may."""
        if self.item is not None or self.task.status in LIVE_STATUSES:
            return ""
        if self.task.status != "completed":
            return str(TASK_ERRORS.get(self.task.error_code, TASK_ERRORS["internal"]))
        if self.reservation is not None and self.reservation.due_at is None:
            return self.reservation.error
        return ""

    @property
    def is_live(self) -> bool:
        """Whether looking again may show more: the work itself, or its picture."""
        if self.item is None:
            return not self.failure
        return self.item.media is not None and self.item.media.due_at is not None

    @property
    def stage(self) -> str:
        return STAGES[self.task.stage]

    @property
    def progress(self) -> str:
        """A number from 0 to 1 as HTML wants it, whatever the language."""
        return f"{self.task.progress:.2f}"

    @property
    def picture(self) -> str:
        return looks.work(self.item)

    @property
    def state(self) -> str:
        """A word that changes whenever the variant looks different."""
        if self.item is None:
            return f"{self.task.stage}-{self.progress}-{bool(self.failure)}"
        return f"{self.item.status}-{self.item.is_featured}-{self.is_live}"


def of(task_ids: Iterable[UUID], *, user: User) -> list[Variant]:
    """The variants that `user` ordered, in the order asked for."""
    task_ids = list(task_ids)
    tasks = GenerationTask.objects.visible().owned_by(user).in_bulk(task_ids)
    items = Item.objects.select_related("media").filter(generation_task__in=tasks).order_by("-created_at")
    by_task = {item.generation_task_id: item for item in items}
    waiting = {row.task_id: row for row in Reservation.objects.filter(task__in=tasks)}
    known = [tasks[pk] for pk in dict.fromkeys(task_ids) if pk in tasks]
    return [
        Variant(number, task, by_task.get(task.pk), waiting.get(task.pk))
        for number, task in enumerate(known, start=1)
    ]


def pick(
    variants: Sequence[Variant], *, winners: set[UUID], by: User, texts: Mapping[str, Any]
) -> tuple[int, int]:
    """Approve the winners under these texts, reject what else still waits; how many of each."""
    waiting = [each.item for each in variants if each.item and each.item.status == Item.Status.PENDING]
    approved = rejected = 0
    for item in waiting:
        if item.pk in winners:
            with sittings.holding(item.pk, by=by):
                editing.edit(item, by=by, fields=texts)
                approved += judging.decide(item.pk, by=by, verb="approve")
        else:
            reason = _t("Another variant was chosen.")
            rejected += judging.decide(item.pk, by=by, verb="reject", reason=reason)
    return approved, rejected
