"""The one place where a password is checked: API, pages and admin all come through here."""

import hashlib
import unicodedata
from datetime import timedelta

from django.contrib.auth import authenticate
from django.db.models import F
from django.utils import timezone

from accounts.errors import LockedOut, WrongCredentials
from accounts.models import SignInAttempts, User
from smartspec.lib.throttle import Policy, address_of, enforce

ATTEMPTS = 10  # on one account from one address, in WINDOW
WINDOW = timedelta(minutes=15)
PER_ADDRESS = Policy("sign-in", limit=30, seconds=60)


def check(request, *, username: str, password: str) -> User:
    """The active person with this password. Raises WrongCredentials, LockedOut, TooManyRequests."""
    address = address_of(request)
    enforce(PER_ADDRESS, address, request)
    key = _key(username, address)
    _count(key)
    user = authenticate(request, username=username, password=password)
    if user is None:
        raise WrongCredentials()
    SignInAttempts.objects.filter(pk=key).delete()
    return user


def _key(username: str, address: str) -> str:
    same = unicodedata.normalize("NFKC", username).casefold()
    return hashlib.sha256(f"{same}\n{address}".encode()).hexdigest()


def _count(key: str) -> None:
    """Before the password is looked at, so that parallel guesses are counted too."""
    now = timezone.now()
    SignInAttempts.objects.filter(until__lte=now).delete()
    SignInAttempts.objects.bulk_create([SignInAttempts(key=key, until=now + WINDOW)], ignore_conflicts=True)
    if SignInAttempts.objects.filter(pk=key, count__lt=ATTEMPTS).update(count=F("count") + 1):
        return
    until = SignInAttempts.objects.filter(pk=key).values_list("until", flat=True).first() or now
    raise LockedOut(retry_after=max(1, int((until - now).total_seconds())))
