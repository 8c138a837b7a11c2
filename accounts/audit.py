"""What mattered to the safety of an account, for whoever has to find out later."""

from accounts.models import ApiKey, AuditEntry, User
from smartspec.lib import logs

Action = AuditEntry.Action
LONGEST_OBJECT = 200


def note(
    action: Action, *, user: User | None, key: ApiKey | None = None, object: str = "", address: str = ""
) -> None:
    """`user` is who did it, or whose account it was tried on; `object` what it was done to."""
    AuditEntry.objects.create(**_fields(action, user, key, object, address))


def note_once(action: Action, *, user: User, key: ApiKey, address: str) -> None:
    """The same, where a second row for this key and address is refused by the table."""
    entry = AuditEntry(**_fields(action, user, key, "", address))
    AuditEntry.objects.bulk_create([entry], ignore_conflicts=True)


def forget_person(user: User) -> None:
    """Keep that it happened, and nothing that says who or where it was."""
    entries = AuditEntry.objects.filter(user=user)
    entries.filter(action=Action.KEY_NEW_ADDRESS).delete()
    entries.exclude(action=Action.CREDITS_GRANTED).update(object="")  # that names somebody else, by id
    entries.update(address="")


def _fields(action: Action, user: User | None, key: ApiKey | None, object: str, address: str) -> dict:
    return {
        "action": action,
        "user": user,
        "key": key,
        "object": object[:LONGEST_OBJECT],
        "address": address,
        "request_id": logs.request_id.get(),
    }
