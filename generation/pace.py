"""The provider takes N calls per window and refuses the rest: N slot rows, each usable once per window.

A slot is taken by compare-and-set on the time of its last use, so any number of workers on any number
of machines stay within the limit together, on PostgreSQL and SQLite alike.
"""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from generation.models import CreateSlot, PollSlot, Slot

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
ATTEMPTS = 5
POLL_WINDOW_SECONDS = 1.05  # a second, and what two clocks may differ by
UNHURRIED = 0.8  # the share of readings that come by age; the rest is for what callbacks wake


def take_slot() -> bool:
    """True when one create may be sent now."""
    return _take(
        CreateSlot, settings.GENERATION_CREATES_PER_WINDOW, settings.GENERATION_CREATE_WINDOW_SECONDS
    )


def may_read(*, urgent: bool) -> bool:
    """True when the provider may be asked about one task now."""
    count = settings.GENERATION_POLLS_PER_SECOND
    return _take(PollSlot, count if urgent else unhurried_per_second(), POLL_WINDOW_SECONDS)


def unhurried_per_second() -> int:
    return max(1, int(settings.GENERATION_POLLS_PER_SECOND * UNHURRIED))


def _take(model: type[Slot], wanted: int, seconds: float) -> bool:
    for _attempt in range(ATTEMPTS):
        now = timezone.now()
        slot = _usable(model, wanted, now - timedelta(seconds=seconds))
        if slot is None:
            return False
        if model.objects.filter(pk=slot.pk, used_at=slot.used_at).update(used_at=now):
            return True
    return False


def _usable(model: type[Slot], wanted: int, before: datetime) -> Slot | None:
    slots = model.objects.filter(pk__lte=wanted)
    slot = slots.filter(used_at__lte=before).order_by("used_at", "pk").first()
    if slot is None and slots.count() < wanted:
        missing = [model(pk=number, used_at=LONG_AGO) for number in range(1, wanted + 1)]
        model.objects.bulk_create(missing, ignore_conflicts=True)
        slot = slots.filter(used_at__lte=before).order_by("used_at", "pk").first()
    return slot


def free_slots() -> int:
    """How many creates could be sent now."""
    since = timezone.now() - timedelta(seconds=settings.GENERATION_CREATE_WINDOW_SECONDS)
    wanted = settings.GENERATION_CREATES_PER_WINDOW
    return wanted - CreateSlot.objects.filter(pk__lte=wanted, used_at__gt=since).count()
