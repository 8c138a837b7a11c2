"""What was said between us and the provider about a task: masked first, then kept for a while."""

import json
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from generation.masking import masked
from generation.models import Exchange, GenerationTask
from generation.provider.overhearing import Heard

Kind = Exchange.Kind
LONGEST = 4000  # characters
MOST_CALLBACKS = 20  # of one task
AT_ONCE = 1000  # rows that are forgotten


def keep(task: GenerationTask, kind: Kind, heard: Sequence[Heard]) -> None:
    """The last answer: the one that was acted upon."""
    if heard:
        last = heard[-1]
        Exchange.objects.create(
            task_id=task.pk,
            kind=kind,
            status=last.status,
            outcome=task.stage,
            text=masked(last.text)[:LONGEST],
        )


def keep_callback(task: GenerationTask, body: dict, outcome: str) -> None:
    mine = Exchange.objects.filter(task_id=task.pk, kind=Kind.CALLBACK)
    if mine.count() < MOST_CALLBACKS:
        text = masked(json.dumps(body, ensure_ascii=False))[:LONGEST]
        Exchange.objects.create(task_id=task.pk, kind=Kind.CALLBACK, outcome=outcome, text=text)


def forget_old() -> int:
    """Some of what is past its time; returns how many rows went."""
    before = timezone.now() - timedelta(days=settings.EXCHANGES_KEPT_DAYS)
    old = list(Exchange.objects.filter(at__lt=before).order_by("at").values_list("pk", flat=True)[:AT_ONCE])
    return Exchange.objects.filter(pk__in=old).delete()[0] if old else 0
