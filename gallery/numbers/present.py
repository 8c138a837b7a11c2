"""What is the case at this moment: asked of the rows under way, of which there are few at any size."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gallery.models import Item
from gallery.numbers import wording
from generation.models import NOT_ADMITTED, GenerationTask

OVERDUE = timedelta(minutes=2)  # nobody took up a row that was due for so long


class Fact(NamedTuple):
    title: Any
    value: str
    about: Any
    is_trouble: bool = False


def facts() -> list[Fact]:
    now = timezone.now()
    due = Q(due_at__lt=now - OVERDUE) & (Q(lease_until=None) | Q(lease_until__lt=now))
    tasks = GenerationTask.objects.unfinished().aggregate(
        all=Count("pk"),
        queued=Count("pk", filter=Q(status="pending")),
        in_turn=Count("pk", filter=Q(due_at=NOT_ADMITTED)),
        oldest=Min("created_at", filter=Q(status="pending")),
        late=Count("pk", filter=Q(deadline_at__lt=now)),
        stuck=Count("pk", filter=due),
    )
    works = Item.objects.pending().aggregate(oldest=Min("created_at"))
    queued = _("%(n)s queued, %(turn)s of them wait for their turn") % {
        "n": wording.count(tasks["queued"]),
        "turn": wording.count(tasks["in_turn"]),
    }
    return [
        Fact(_("Tasks under way"), wording.count(tasks["all"]), queued),
        Fact(_("Oldest in the queue"), age(tasks["oldest"], now), _("since it was ordered")),
        Fact(_("Late"), wording.count(tasks["late"]), _("tasks past their deadline"), bool(tasks["late"])),
        Fact(
            _("Stuck"),
            wording.count(tasks["stuck"]),
            _("tasks due for two minutes that no worker takes up"),
            bool(tasks["stuck"]),
        ),
        Fact(_("Oldest work to judge"), age(works["oldest"], now), _("since it came")),
    ]


def age(moment: datetime | None, now: datetime) -> str:
    return wording.said(None if moment is None else (now - moment) / timedelta(milliseconds=1), "ms")
