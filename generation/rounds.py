"""What a worker looks after by itself, now and then: notices of alarms, and our credit."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from generation import alarm_notices, alarms, provider
from generation.models import BalanceReading
from generation.provider import ProviderError

log = logging.getLogger(__name__)

BALANCE_EVERY = timedelta(hours=1)
TRY_EVERY_SECONDS = 300  # of all workers that share a cache


def sweep(limit: int) -> int:
    """At most one notice; our credit only where its time has come."""
    if cache.add("generation.rounds.balance", True, TRY_EVERY_SECONDS):
        watch_balance()
    return int(limit > 0 and alarm_notices.tell_next())


def watch_balance() -> None:
    """Note our credit with the provider once an hour, where somebody wants to know when it runs low."""
    threshold = settings.BALANCE_ALARM_CREDITS
    recent = BalanceReading.objects.filter(at__gt=timezone.now() - BALANCE_EVERY)
    if not threshold or not settings.KIE_AI_API_KEY or recent.exists():
        return
    try:
        credits = provider.client().credit()
    except ProviderError as error:
        log.warning("the balance could not be read: %s", error.raw)
        return
    BalanceReading.objects.create(credits=credits, closes_books=False)
    if credits < threshold:
        alarms.sound("balance_low", alarms.ACCOUNT, f"{credits} credits are left, less than {threshold}")
