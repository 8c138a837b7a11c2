"""People and keys for the tests of every room."""

import functools
import itertools
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from django.conf import settings
from django.contrib.auth.hashers import make_password

from accounts import keys, people
from accounts.models import ApiKey, User

HOME = "127.0.0.1"
PASSWORD = "correct horse battery"
_numbers = itertools.count(1)


@functools.cache  # a good hash is slow: once is enough, for each hasher that tests prefer
def hashed(password: str, hasher: str) -> str:
    return make_password(password)


def make_user(username: str = "", *, credits: str = "500", is_staff: bool = False) -> User:
    """A person who owns exactly these credits and signs in with PASSWORD."""
    name = username or f"person-{next(_numbers)}"
    user = people.create_user(username=name, is_staff=is_staff, credits=Decimal(credits))
    user.password = hashed(PASSWORD, settings.PASSWORD_HASHERS[0])
    user.save(update_fields=["password"])
    return user


def make_key(
    user: User,
    *,
    scopes: Sequence[str] = keys.DEFAULT_SCOPES,
    lifetime: timedelta | None = None,
    spend_limit: str | None = None,
) -> tuple[ApiKey, str]:
    """Asked for at the address that Django's test client calls from."""
    return keys.issue(
        user=user,
        name="test",
        scopes=scopes,
        lifetime=lifetime,
        spend_limit=Decimal(spend_limit) if spend_limit else None,
        address=HOME,
    )
