"""Whichever way a person is made (command, admin, createsuperuser), the credit account comes along."""

from django.db.models.signals import post_save
from django.dispatch import receiver

from accounts import people
from accounts.models import User


@receiver(post_save, sender=User, dispatch_uid="accounts.welcome")
def open_credit_account(*, instance: User, created: bool, raw: bool = False, **_kwargs) -> None:
    if created and not raw:  # raw: a fixture brings its own rows
        people.welcome(instance)
