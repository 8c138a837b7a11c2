"""What was said between us and the provider about a task: masked first, then kept for a while."""

import json
from collections.abc import Sequence

from generation.masking import masked
from generation.models import Exchange, GenerationTask
from generation.provider.overhearing import Heard

Kind = Exchange.Kind
LONGEST = 4000  # characters
MOST_CALLBACKS = 20  # of one task


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


def keep_once(task: GenerationTask, kind: Kind, heard: Sequence[Heard]) -> None:
    """For what is asked again and again: the first answer that left the task in its stage."""
    if heard and not Exchange.objects.filter(task_id=task.pk, kind=kind, outcome=task.stage).exists():
        keep(task, kind, heard)


def keep_callback(task: GenerationTask, body: dict, outcome: str) -> None:
    mine = Exchange.objects.filter(task_id=task.pk, kind=Kind.CALLBACK)
    if mine.count() < MOST_CALLBACKS:
        text = masked(json.dumps(body, ensure_ascii=False))[:LONGEST]
        Exchange.objects.create(task_id=task.pk, kind=Kind.CALLBACK, outcome=outcome, text=text)
