"""Accounts that are being closed: what is let go of by then, and the word that all of it has gone."""

from contextvars import ContextVar
from datetime import timedelta
from uuid import UUID

from django.core.files.storage import storages
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from storage_app import keys
from storage_app.models import Certificate, Deletion

FIRST_LOOK = timedelta(minutes=90)  # until then a copy that was under way may still be lying somewhere
_closing: ContextVar[UUID | None] = ContextVar("closing", default=None)


def begin(account: UUID) -> None:
    """In the transaction that closes the account. Asking twice is asking once."""
    Certificate.objects.get_or_create(account=account, defaults={"due_at": timezone.now() + FIRST_LOOK})
    _closing.set(account)
    transaction.on_commit(lambda: _closing.set(None))


def closing() -> UUID | None:
    """The account that the transaction under way closes."""
    account = _closing.get()
    if account and not Certificate.objects.filter(pk=account).exists():  # rolled back: nobody told us
        _closing.set(None)
        return None
    return account


def is_awaited(account: UUID | None) -> bool:
    return account is not None and Certificate.objects.filter(pk=account).exists()


def count(account: UUID) -> None:
    """One more object of a closed account has gone."""
    Certificate.objects.filter(pk=account).update(objects_removed=F("objects_removed") + 1)


def left_behind(certificate: Certificate) -> list[str]:
    """Objects in the folders of the account that nothing promises to remove. Raises StorageFailed."""
    private = storages["private"]
    found = [
        one.key for folder in keys.folders_of(certificate.account) for one in private.listing(prefix=folder)
    ]
    promised = Deletion.objects.filter(key__in=found).values_list("key", flat=True)
    return sorted(set(found) - set(promised))


def is_clear(certificate: Certificate) -> bool:
    return not Deletion.objects.filter(account=certificate.account).exists()
