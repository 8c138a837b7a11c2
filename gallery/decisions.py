"""One change of an item: compared, set, and kept in its history."""

from django.utils import timezone

from accounts.models import User
from gallery.models import Decision, Item
from gallery.signals import item_changed

GUARDED = ("status", "is_public", "is_featured", "rating")


def write(item: Item, *, by: User | None, action: str, reason: str = "", **changes) -> bool:
    """Write `changes` if they change anything and nobody moved the item since it was read.

    Leaves a Decision row and tells the caches. The caller holds the transaction.
    """
    before = {name: getattr(item, name) for name in changes}
    changes = {name: value for name, value in changes.items() if value != before[name]}
    if not changes:
        return False
    as_read = {name: getattr(item, name) for name in GUARDED}
    now = timezone.now()
    if not Item.objects.filter(pk=item.pk, **as_read).update(updated_at=now, **changes):
        return False
    for name, value in {"updated_at": now, **changes}.items():
        setattr(item, name, value)
    Decision.objects.create(
        item=item,
        by=by,
        action=action,
        reason=reason,
        before={name: before[name] for name in changes},
        after=changes,
    )
    item_changed.send(sender=Item, item=item)
    return True
