"""All that a person has here, to take along: asked for, built by a worker, kept for a week."""

from collections.abc import Iterator
from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.utils import timezone

from accounts import audit, ledger, statement
from accounts.archive import Part, Records
from accounts.audit import Action
from accounts.models import ApiKey, AuditEntry, Export, User
from accounts.signals import account_exporting

State = Export.State
KEPT = timedelta(days=7)
MOST_TRIES = 8
SIGNER = signing.Signer(salt="accounts.export")
KEY_FACTS = (
    *("id", "prefix", "name", "scopes", "spend_limit", "spent", "addresses"),
    *("created_at", "last_used_at", "expires_at", "revoked_at"),
)
ENTRY_FACTS = ("id", "kind", "amount", "available_change", "reference", "reason", "created_at")
AUDIT_FACTS = ("at", "action", "object", "address", "request_id", "key__prefix")


@transaction.atomic
def ask(user: User, *, address: str = "") -> Export:
    """The export that is being built, begun now unless it is under way. A sweep finds its row."""
    export, is_new = Export.objects.get_or_create(
        user=user, state=State.BUILDING, defaults={"due_at": timezone.now()}
    )
    if is_new:
        audit.note(Action.EXPORT_ASKED, user=user, address=address)
    return export


def latest(user: User) -> Export | None:
    return Export.objects.owned_by(user).first()


def parts(user: User) -> Iterator[Part]:
    """What this room knows of the person, then what every other room does."""
    yield from own_parts(user)
    for _receiver, theirs in account_exporting.send(sender=User, user=user):
        yield from theirs


def own_parts(user: User) -> Iterator[Part]:
    """Everything but secrets, and digests of secrets."""
    yield Records("account.json", account(user))
    yield Records("keys.json", ApiKey.objects.filter(user=user).values(*KEY_FACTS).iterator())
    entries = statement.everything(user)
    yield Records("ledger.json", ({name: getattr(row, name) for name in ENTRY_FACTS} for row in entries))
    mine = AuditEntry.objects.filter(user=user)
    yield Records("audit.json", mine.values(*AUDIT_FACTS).iterator())


def account(user: User) -> dict:
    balance = ledger.balance_of(user)
    return {
        "id": user.id,
        "username": user.username,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
        "is_staff": user.is_staff,
        "groups": list(user.groups.values_list("name", flat=True)),
        "date_joined": user.date_joined,
        "last_login": user.last_login,
        "credits": {"balance": balance.balance, "held": balance.held, "available": balance.available},
        "exported_at": timezone.now(),
    }


@transaction.atomic
def hand_over(export: Export, *, file: str, size: int) -> list[str] | None:
    """The archive is in storage and takes the place of earlier ones, whose files are returned.

    None when nobody waits for it any more, or somebody else builds it.
    """
    everything = locked(export.user)
    if not export.finish(state=State.READY, file=file, bytes=size, expires_at=timezone.now() + KEPT):
        return None
    return forget([other for other in everything if other.pk != export.pk])


@transaction.atomic
def take_back_all(user: User) -> list[str]:
    """In the transaction that closes the account: the files; what is being built finds its row gone."""
    return forget(locked(user))


def locked(user: User) -> list[Export]:
    """Always in one order, so that no two callers wait for each other."""
    return list(Export.objects.owned_by(user).select_for_update().order_by("pk"))


def forget(exports: list[Export]) -> list[str]:
    """Remove these rows; returns the files that they had."""
    Export.objects.filter(pk__in=[export.pk for export in exports]).delete()
    return [export.file.name for export in exports if export.file]


def give_up(export: Export) -> bool:
    return export.finish(state=State.FAILED)


def token_of(export: Export) -> str:
    """Whoever has it may fetch the archive, as long as that is there."""
    return SIGNER.sign(export.pk.hex)


def opened_by(token: str) -> Export | None:
    try:
        return Export.objects.filter(pk=SIGNER.unsign(token), expires_at__gt=timezone.now()).first()
    except signing.BadSignature:
        return None
