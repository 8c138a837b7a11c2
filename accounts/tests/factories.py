"""People and keys for the tests of every room."""

import itertools
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from accounts import keys, people
from accounts.models import ApiKey, User

PASSWORD = "correct horse battery"
_numbers = itertools.count(1)


def make_user(username: str = "", *, credits: str = "500", is_staff: bool = False) -> User:
    """A person who owns exactly these credits and signs in with PASSWORD."""
    return people.create_user(
        username=username or f"person-{next(_numbers)}",
        password=PASSWORD,
        is_staff=is_staff,
        credits=Decimal(credits),
    )


def make_key(
    user: User, *, scopes: Sequence[str] = keys.DEFAULT_SCOPES, lifetime: timedelta | None = None
) -> tuple[ApiKey, str]:
    return keys.issue(user=user, name="test", scopes=scopes, lifetime=lifetime)
