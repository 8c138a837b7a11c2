"""The provider takes N creates per window and refuses the rest: N slot rows, each usable once per window.

A slot is taken by compare-and-set on the time of its last use, so any number of workers on any number
of machines stay within the limit together, on PostgreSQL and SQLite alike.
"""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from generation.models import CreateSlot

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
ATTEMPTS = 5


def take_slot() -> bool:
    """True when one create may be sent now."""
    window = timedelta(seconds=settings.GENERATION_CREATE_WINDOW_SECONDS)
    for _attempt in range(ATTEMPTS):
        now = timezone.now()
        slot = _usable(now - window)
        if slot is None:
            return False
        if CreateSlot.objects.filter(pk=slot.pk, used_at=slot.used_at).update(used_at=now):
            return True
    return False


def _usable(before: datetime) -> CreateSlot | None:
    wanted = settings.GENERATION_CREATES_PER_WINDOW
    slots = CreateSlot.objects.filter(pk__lte=wanted)
    slot = slots.filter(used_at__lte=before).order_by("used_at", "pk").first()
    if slot is None and slots.count() < wanted:
        missing = [CreateSlot(pk=number, used_at=LONG_AGO) for number in range(1, wanted + 1)]
        CreateSlot.objects.bulk_create(missing, ignore_conflicts=True)
        slot = slots.filter(used_at__lte=before).order_by("used_at", "pk").first()
    return slot


def free_slots() -> int:
    """How many creates could be sent now."""
    since = timezone.now() - timedelta(seconds=settings.GENERATION_CREATE_WINDOW_SECONDS)
    wanted = settings.GENERATION_CREATES_PER_WINDOW
    return wanted - CreateSlot.objects.filter(pk__lte=wanted, used_at__gt=since).count()
