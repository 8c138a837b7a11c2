"""Stop ordering where ordering only does harm: one model in trouble, or our whole account.

Doubtful orders cost us money and users time, so a few of them in half a minute open a model's breaker;
a refusal of our key or credit opens the account's at once. While open, one probe per half minute goes
through; the first order that succeeds closes it.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from generation.models import Breaker

ACCOUNT = "*"
WITHIN = timedelta(seconds=30)
PROBE_EVERY = timedelta(seconds=30)
ACCOUNT_PAUSE = timedelta(seconds=60)


def wait_for(model_id: str) -> timedelta | None:
    """None when an order may be sent now (perhaps as the probe), else how long to wait."""
    for row in Breaker.objects.filter(pk__in=[ACCOUNT, model_id], open_until__isnull=False):
        now = timezone.now()
        if row.open_until > now:
            return row.open_until - now
        probing = Breaker.objects.filter(pk=row.pk, open_until=row.open_until)
        if not probing.update(open_until=now + PROBE_EVERY):
            return PROBE_EVERY
    return None


def close(model_id: str) -> None:
    """An order succeeded: forget all strikes. Writes only when there were any."""
    troubled = Breaker.objects.filter(pk__in=[ACCOUNT, model_id]).exclude(strikes=0, open_until=None)
    if troubled.exists():
        troubled.update(strikes=0, first_strike_at=None, open_until=None)


def strike(model_id: str) -> bool:
    """An order ended in doubt; True when that opened the breaker."""
    now = timezone.now()
    Breaker.objects.get_or_create(pk=model_id)
    mine = Breaker.objects.filter(pk=model_id)
    recent = Q(first_strike_at__gte=now - WITHIN)
    if not mine.filter(recent).update(strikes=F("strikes") + 1):
        mine.update(strikes=1, first_strike_at=now)
    return bool(
        mine.filter(strikes__gte=settings.GENERATION_BREAKER_STRIKES, open_until=None).update(
            open_until=now + PROBE_EVERY
        )
    )


def pause_account() -> None:
    """Our key or our credit was refused: nothing we order now will be accepted."""
    Breaker.objects.update_or_create(
        pk=ACCOUNT, defaults={"strikes": 1, "open_until": timezone.now() + ACCOUNT_PAUSE}
    )
