"""Closing an account: the person goes, the ledger stays under a pseudonym."""

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from accounts import audit, exporting, second_step
from accounts.audit import Action
from accounts.models import CreditAccount, DeviceGrant, User
from accounts.signals import account_closing

PSEUDONYM = "closed-"


def close(user: User, *, by: User | None = None) -> bool:
    """End the account, as its owner or `by` wishes; False when that was done before.

    First, and for good, nothing more can be bought with it: whatever was being ordered at this
    moment is committed or refused. Then every room lets go of what is theirs, in one transaction.
    """
    CreditAccount.objects.get_or_create(user=user)
    CreditAccount.objects.filter(user=user, closed_at=None).update(closed_at=timezone.now())
    with transaction.atomic():
        if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
            return False
        account_closing.send(sender=User, user=user)
        exporting.take_back_all(user)
        _end_keys(user)
        _forget(user)
        audit.note(Action.ACCOUNT_CLOSED, user=by or user, object=str(user.pk) if by else "")
    return True


def _end_keys(user: User) -> None:
    DeviceGrant.objects.filter(user=user).delete()
    user.api_keys.unrevoked().update(revoked_at=timezone.now())
    user.api_keys.update(name=PSEUDONYM.rstrip("-"), addresses=[])


def _forget(user: User) -> None:
    """The row stays, as tasks and the ledger point to it; nothing in it says who it was."""
    audit.forget_person(user)
    second_step.remove(user, by=None)
    user.username = f"{PSEUDONYM}{user.pk.hex}"
    user.first_name = user.last_name = user.email = ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = None
    user.set_unusable_password()
    user.groups.clear()
    user.user_permissions.clear()
    user.save()
    about = ContentType.objects.get_for_model(User)
    LogEntry.objects.filter(content_type=about, object_id=str(user.pk)).update(object_repr=user.username)
