"""How long a model takes, from our own finished tasks; never invented."""

from django.core.cache import cache

from generation.models import GenerationTask

SAMPLES = 200
REMEMBER_SECONDS = 60


def measured(model_id: str) -> dict:
    """{p50_ms, p95_ms, samples} of the last finished tasks of this model; None without any."""
    key = f"timing:{model_id}"
    known = cache.get(key)
    if known is None:
        known = _measure(model_id)
        cache.set(key, known, REMEMBER_SECONDS)
    return known


def _measure(model_id: str) -> dict:
    finished = GenerationTask.objects.filter(model_id=model_id, status="completed", processing_time_ms__gt=0)
    recent = finished.order_by("-created_at").values_list("processing_time_ms", flat=True)[:SAMPLES]
    times = sorted(recent)
    return {"p50_ms": nearest(times, 0.5), "p95_ms": nearest(times, 0.95), "samples": len(times)}


def nearest(ordered: list[int], share: float) -> int | None:
    """The nearest-rank quantile of an ordered list."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else None
