"""What this room does when something happens below it."""

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import account_closing
from generation.services.close import let_go_of_everything


@receiver(account_closing, dispatch_uid="generation.close")
def forget_the_owner(user: User, **kwargs) -> None:
    let_go_of_everything(user)
