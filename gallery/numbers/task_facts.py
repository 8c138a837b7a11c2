"""What happened to tasks on one day, counted from their rows and their history."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from gallery.models import ModelNumbers, Numbers
from gallery.numbers import days, histogram, refund_facts
from generation import states
from generation.models import TaskEvent

ZERO = Decimal(0)
ENDS = [str(state) for state in states.FINAL]
IS_REMIX = Q(task__output_metadata__has_key="remix_of")


class Ended(NamedTuple):
    """A task as it is now, whose last state was reached on the day in question."""

    model_id: str
    media_type: str
    status: str
    error_code: str
    credits_used: Decimal
    upstream_credits: Decimal | None
    processing_time_ms: int | None
    created_at: datetime
    started_at: datetime | None
    output_metadata: dict


COLUMNS = [name if name != "media_type" else "task_type" for name in Ended._fields]


@dataclass
class Sums:
    """One model's row, while it is being added up."""

    media_type: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    credits: Counter[str] = field(default_factory=Counter)
    causes: Counter[str] = field(default_factory=Counter)
    took: list[int] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)

    def add(self, task: Ended) -> None:
        is_remix = "remix_of" in task.output_metadata
        self.counts[task.status] += 1
        self.counts["remixes_completed"] += task.status == "completed" and is_remix
        if task.status == "failed":
            self.causes[task.error_code or "internal"] += 1
        if task.status == "completed" and task.processing_time_ms is not None:
            self.took.append(task.processing_time_ms)
        if task.started_at:
            self.waited.append((task.started_at - task.created_at).total_seconds() * 1000)
            self.pay(task.upstream_credits or ZERO, task.credits_used)

    def pay(self, cost: Decimal, used: Decimal) -> None:
        self.credits["sold"] += used
        self.credits["cost"] += cost
        self.credits["wasted"] += ZERO if used else cost

    def row(self, day: date, model_id: str) -> ModelNumbers:
        return ModelNumbers(
            day=day,
            model_id=model_id,
            media_type=self.media_type,
            causes=dict(self.causes),
            took=histogram.of(self.took),
            waited=histogram.of(self.waited),
            **self.counts,
            **self.credits,
        )


def rows(numbers: Numbers) -> list[ModelNumbers]:
    """The day's rows by model, not yet written."""
    sums: dict[str, Sums] = defaultdict(Sums)
    for model_id, media_type, ordered, remixes in orders(numbers):
        sums[model_id].media_type = media_type
        sums[model_id].counts += Counter(ordered=ordered, remixes=remixes)
    for task in endings(numbers):
        sums[task.model_id].media_type = task.media_type
        sums[task.model_id].add(task)
    for model_id, media_type, amount in refund_facts.of_day(numbers.day):
        sums[model_id].media_type = media_type
        sums[model_id].counts["refunds"] += 1
        sums[model_id].credits["refunded"] += amount
    return [its.row(numbers.day, model_id) for model_id, its in sorted(sums.items())]


def events(numbers: Numbers) -> QuerySet:
    if numbers.first_event is None:
        return TaskEvent.objects.none()
    stretch = TaskEvent.objects.filter(pk__gte=numbers.first_event, pk__lte=numbers.last_event)
    return stretch.filter(at__gte=days.start_of(numbers.day), at__lt=days.end_of(numbers.day)).order_by()


def orders(numbers: Numbers) -> list[tuple[str, str, int, int]]:
    """(model, kind, how many were ordered, how many of these as a remix)"""
    first_moves = events(numbers).filter(old="").values("task__model_id", "task__task_type")
    counted = first_moves.annotate(ordered=Count("pk"), remixes=Count("pk", filter=IS_REMIX))
    return list(counted.values_list("task__model_id", "task__task_type", "ordered", "remixes"))


def endings(numbers: Numbers) -> Iterator[Ended]:
    """Tasks that ended that day and have not left that state since.

    That is asked of every row: as a condition it would lead SQLite through all tasks of a status.
    """
    found = events(numbers).filter(new__in=ENDS).values_list("new", *[f"task__{name}" for name in COLUMNS])
    for new, *row in found.iterator(chunk_size=2000):
        task = Ended(*row)
        if new == f"{task.status}/done":
            yield task
