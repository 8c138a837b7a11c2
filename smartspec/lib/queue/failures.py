"""Wake-ups that ended badly, for people to look at and to send again."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django_q.models import Failure

from smartspec.lib.queue import wakeups

LONGEST_WHY = 300  # characters


class FailedJob(NamedTuple):
    id: str
    job: str  # dotted name
    arguments: str
    at: datetime
    why: str


def latest(limit: int) -> list[FailedJob]:
    return [
        FailedJob(row.pk, row.func, ", ".join(map(str, row.args or ())), row.stopped, first_line(row.result))
        for row in Failure.objects.order_by("-stopped")[:limit]
    ]


def retry(id: str) -> bool:
    """Wake it once more and forget the failure; False when somebody else did."""
    with transaction.atomic():
        row = Failure.objects.select_for_update().filter(pk=id).first()
        if row is None:
            return False
        wakeups.wake(row.func, *map(str, row.args or ()))
        Failure.objects.filter(pk=row.pk).delete()
    return True


def first_line(result: object) -> str:
    return str(result or "").strip().split("\n")[0][:LONGEST_WHY]
