"""The one place where a password is checked: API, pages and admin all come through here."""

import unicodedata

from django.contrib.auth import authenticate

from accounts import attempts, audit
from accounts.audit import Action
from accounts.errors import LockedOut, WrongCredentials
from accounts.models import AuditEntry, User
from smartspec.lib.throttle import Policy, address_of, enforce

PER_ADDRESS = Policy("sign-in", limit=30, seconds=60)


def check(request, *, username: str, password: str) -> User:
    """The active person with this password. Raises WrongCredentials, LockedOut, TooManyRequests."""
    address = address_of(request)
    enforce(PER_ADDRESS, address, request)
    key = _key(username, address)
    try:
        attempts.count(key)
    except LockedOut:
        if attempts.is_news(key):
            _note_lock_out(username, address)
        raise
    user = authenticate(request, username=username, password=password)
    if user is None:
        raise WrongCredentials()
    attempts.forgive(key)
    audit.note(Action.SIGNED_IN, user=user, address=address)
    return user


def let_in(entry: AuditEntry) -> bool:
    """Forget the guesses that ended in this lock-out; False when they were forgotten before."""
    if entry.object == attempts.SECOND_STEP:
        return attempts.forgive(attempts.key_of(attempts.SECOND_STEP, str(entry.user_id)))
    return attempts.forgive(_key(entry.object, entry.address))


def _key(username: str, address: str) -> str:
    return attempts.key_of(unicodedata.normalize("NFKC", username).casefold(), address)


def _note_lock_out(username: str, address: str) -> None:
    user = User.objects.filter(username=username).first()
    audit.note(Action.LOCKED_OUT, user=user, object=username, address=address)
