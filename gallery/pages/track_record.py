"""How a model has done lately, from our own finished tasks; never invented."""

from typing import NamedTuple

from django.core.cache import cache

from generation.models import GenerationTask
from generation.timing import nearest

SAMPLES = 200
REMEMBER_SECONDS = 300


class Record(NamedTuple):
    """Of the last `samples` tasks that ended by themselves. Times are of those that succeeded."""

    samples: int
    success_percent: float
    usual_seconds: float
    slow_seconds: float


def track_record(model_id: str) -> Record:
    return cache.get_or_set(f"track-record:{model_id}", lambda: measured(model_id), REMEMBER_SECONDS)


def measured(model_id: str) -> Record:
    ended = GenerationTask.objects.filter(model_id=model_id, status__in=["completed", "failed"])
    rows = list(ended.order_by("-created_at").values_list("status", "processing_time_ms")[:SAMPLES])
    times = sorted(ms for status, ms in rows if status == "completed" and ms)
    done = sum(status == "completed" for status, _ms in rows)
    return Record(
        samples=len(rows),
        success_percent=100 * done / len(rows) if rows else 0.0,
        usual_seconds=(nearest(times, 0.5) or 0) / 1000,
        slow_seconds=(nearest(times, 0.95) or 0) / 1000,
    )
