"""The state of the house as an operator wants to see it: flags, provider, queue, models."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from generation import availability, catalogue, price_overrides
from generation.availability import Availability
from generation.catalogue import ModelSpec
from generation.models import NOT_ADMITTED, BalanceReading, Breaker, GenerationTask, ModelSwitch

COUNTED_TO = 10_000


@dataclass(frozen=True)
class Line:
    """One model with all that was changed about it here."""

    spec: ModelSpec
    answer: Availability
    prices: int  # overrides that stand


def flags() -> list[tuple[str, bool]]:
    """By the names of the environment."""
    names = {"image": "ENABLE_IMAGE_GENERATION", "video": "ENABLE_VIDEO_GENERATION"}
    names |= {"audio": "ENABLE_AUDIO_GENERATION", "gallery": "ENABLE_PUBLIC_GALLERY"}
    found = [(name, settings.ENABLE[word]) for word, name in names.items()]
    return [*found, ("ALLOW_SANDBOX", settings.ALLOW_SANDBOX), ("STAFF_TWO_STEP", settings.STAFF_TWO_STEP)]


def models() -> list[Line]:
    switches, prices = ModelSwitch.objects.in_bulk(), price_overrides.standing()
    return [
        Line(spec, availability.of(spec, switches.get(spec.id)), len(prices.get(spec.id, {})))
        for spec in catalogue.ALL_MODELS.values()
    ]


def balance() -> BalanceReading | None:
    return BalanceReading.objects.first()


def open_breakers() -> QuerySet[Breaker]:
    return Breaker.objects.exclude(open_until=None)


def queue() -> dict[str, int]:
    """How many tasks; counted no further than COUNTED_TO."""
    live = GenerationTask.objects.unfinished()
    return {
        "running": counted(live.exclude(due_at=NOT_ADMITTED)),
        "waiting": counted(GenerationTask.objects.waiting_for_admission()),
        "late": counted(live.filter(is_late=True)),
    }


def oldest_due() -> datetime | None:
    return GenerationTask.objects.due().values_list("due_at", flat=True).first()


def counted(rows: QuerySet) -> int:
    return rows.order_by()[:COUNTED_TO].count()
