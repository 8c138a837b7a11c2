"""One change of an item: compared, set, and kept in its history."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from accounts.models import User
from gallery.models import Decision, Item
from gallery.signals import item_changed

GUARDED = ("status", "is_public", "is_featured", "rating")


def write(
    item: Item,
    *,
    by: User | None,
    action: str,
    reason: str = "",
    also: Mapping[str, tuple[Any, Any]] | None = None,
    **changes,
) -> bool:
    """Write `changes` if they change anything and nobody moved the item since it was read.

    `also`: (before, after) of what the caller has changed in other tables. Leaves a Decision row and tells
    the caches. The caller holds the transaction.
    """
    also = also or {}
    before = {name: getattr(item, name) for name in changes}
    changes = {name: value for name, value in changes.items() if value != before[name]}
    if not changes and not also:
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
        before={name: before[name] for name in changes} | {name: old for name, (old, _new) in also.items()},
        after=changes | {name: new for name, (_old, new) in also.items()},
    )
    item_changed.send(sender=Item, item=item)
    return True
