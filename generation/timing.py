"""How long a model takes, from our own finished tasks; never invented."""

from bisect import bisect_right

from django.core.cache import cache

from generation.models import GenerationTask

SAMPLES = 200
REMEMBER_SECONDS = 60
LATE_FROM = 0.95  # the share of tasks of the same model and size that had ended by then


def measured(model_id: str) -> dict:
    """{p50_ms, p95_ms, samples} of the last finished tasks of this model; None without any."""
    times = samples(model_id)
    return {"p50_ms": nearest(times, 0.5), "p95_ms": nearest(times, LATE_FROM), "samples": len(times)}


def samples(model_id: str, size: str | None = None) -> list[int]:
    """Milliseconds of the last finished tasks, shortest first; of one size, or of all without."""
    key = f"timing:{model_id}:{'*' if size is None else size}"
    known = cache.get(key)
    if known is None:
        known = _measure(model_id, size)
        cache.set(key, known, REMEMBER_SECONDS)
    return known


def _measure(model_id: str, size: str | None) -> list[int]:
    finished = GenerationTask.objects.filter(model_id=model_id, status="completed", processing_time_ms__gt=0)
    alike = finished if size is None else finished.filter(size=size)
    return sorted(alike.order_by("-created_at").values_list("processing_time_ms", flat=True)[:SAMPLES])


def nearest(ordered: list[int], share: float) -> int | None:
    """The nearest-rank quantile of an ordered list."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else None


def remaining(times: list[int], elapsed: float) -> float | None:
    """What is usually left, in ms, after `elapsed` of them: the middle one of those that took longer.

    None when nothing was measured, or nothing that took so long.
    """
    longer = times[bisect_right(times, elapsed) :]
    return nearest(longer, 0.5) - elapsed if longer else None
