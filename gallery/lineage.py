"""Which work a work was made from: found once through the tasks, and kept without them."""

from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from gallery.models import Item
from generation.models import GenerationTask

FURTHEST = 8  # tasks back: attempts that nobody was shown lie between many a work and its origin


class Start(NamedTuple):
    """What a task started from: another task, or a public work by its slug (and then that one's task too)."""

    task: UUID | None
    slug: str | None


def trace(item: Item) -> None:
    """Note where a shown work comes from, and what came of it. Part of the caller's transaction."""
    if item.generation_task_id is None or not item.is_shown:
        return
    if item.made_from_id is None and (origin := origin_of(item)):
        Item.objects.filter(pk=item.pk).update(made_from=origin)
        item.made_from_id = origin
    made = Item.objects.filter(generation_task__parent=item.generation_task_id, made_from=None)
    for pk in made.exclude(pk=item.pk).values_list("pk", flat=True):
        Item.objects.filter(pk=pk).update(made_from=item)


def origin_of(item: Item) -> UUID | None:
    """The shown work that is nearest among those this one's task goes back to."""
    start, seen = start_of(item.generation_task_id), {item.generation_task_id}
    while start and len(seen) <= FURTHEST:
        if found := shown_at(start, apart_from=item):
            return found
        if start.task is None or start.task in seen:
            return None
        seen.add(start.task)
        start = start_of(start.task)
    return None


def start_of(task: UUID) -> Start | None:
    rows = GenerationTask.objects.filter(pk=task).values_list("parent", "output_metadata__remix_of")
    row = rows.first()
    return Start(*row) if row else None


def shown_at(start: Start, *, apart_from: Item) -> UUID | None:
    """The named work rather than another one of the same task."""
    shown = Item.objects.public().exclude(pk=apart_from.pk).order_by("published_at", "pk")
    if start.slug:
        named = shown.filter(Q(slug=start.slug) | Q(old_slugs__slug=start.slug))
        return named.values_list("pk", flat=True).first()
    same = shown.filter(generation_task=start.task) if start.task else shown.none()
    return same.values_list("pk", flat=True).first()
