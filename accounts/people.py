"""Accounts are made by staff; whoever is new starts with some credits."""

from decimal import Decimal

from django.conf import settings
from django.db import transaction

from accounts import ledger
from accounts.models import CreditAccount, User


def create_user(
    *,
    username: str,
    password: str | None = None,
    email: str = "",
    is_staff: bool = False,
    credits: Decimal | None = None,
) -> User:
    """A new person with `credits` (default: the setting). Staff may do everything in the admin.

    Without a password nobody can sign in, but keys work. Raises ValidationError on a taken or
    malformed username.
    """
    user = User(username=username, email=email, is_staff=is_staff, is_superuser=is_staff)
    user.set_password(password)
    user.starting_credits = credits
    with transaction.atomic():
        user.full_clean()
        user.save()
    return user


def welcome(user: User) -> None:
    """Open the credit account of a new person and put the starting grant into it."""
    CreditAccount.objects.get_or_create(user=user)
    amount = user.starting_credits
    amount = Decimal(settings.STARTING_CREDITS) if amount is None else amount
    if amount:
        ledger.grant(user=user, amount=amount, reason="starting credits")
