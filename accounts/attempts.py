"""Guesses, counted before anybody looks whether they are right: parallel ones are counted too."""

import hashlib
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from accounts.errors import LockedOut
from accounts.models import SignInAttempts

ALLOWED = 10  # in WINDOW; then even the right guess waits
SECOND_STEP = "second step"  # in the place of a username, where a code was guessed
WINDOW = timedelta(minutes=15)


def key_of(*parts: str) -> str:
    """What is guessed and who guesses, as a key that tells neither."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def count(key: str, *, refusal: type[LockedOut] = LockedOut) -> None:
    """One more guess; raises `refusal` with its waiting time when there were too many."""
    now = timezone.now()
    SignInAttempts.objects.filter(until__lte=now).delete()
    SignInAttempts.objects.bulk_create([SignInAttempts(key=key, until=now + WINDOW)], ignore_conflicts=True)
    if SignInAttempts.objects.filter(pk=key, count__lt=ALLOWED).update(count=F("count") + 1):
        return
    until = SignInAttempts.objects.filter(pk=key).values_list("until", flat=True).first() or now
    raise refusal(retry_after=max(1, int((until - now).total_seconds())))


def is_news(key: str) -> bool:
    """True for one caller after a lock-out: the one who may report it."""
    return bool(SignInAttempts.objects.filter(pk=key, count=ALLOWED).update(count=F("count") + 1))


def take_back(key: str) -> None:
    """This guess was right; the wrong ones before it still count."""
    SignInAttempts.objects.filter(pk=key, count__gt=0).update(count=F("count") - 1)


def forgive(key: str) -> bool:
    """False when nothing was counted."""
    return bool(SignInAttempts.objects.filter(pk=key).delete()[0])
