"""What makers do with their own works: share them, mend their words, take them back."""

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from gallery import editing, moderation, submission
from gallery.models import Item
from generation.models import GenerationTask


def share(task: GenerationTask, *, by: User, fields: Mapping[str, Any]) -> tuple[Item, bool]:
    """A pending item made from the maker's task, and whether it is new: a task is shared once at a time."""
    there = shared_by(by).filter(generation_task=task).first()
    if there is not None:
        return there, False
    return submission.create_from_task(task, by=by, fields=fields), True


def shared_by(user: User):
    """What this person shared and has not taken back."""
    gone = (Item.Status.WITHDRAWN, Item.Status.REMOVED)
    return Item.objects.filter(created_by=user).exclude(status__in=gone)


def mend(item: Item, *, by: User, fields: Mapping[str, Any]) -> bool:
    """New words are judged anew: a changed item waits for moderation again."""
    if not editing.edit(item, by=by, fields=fields):
        return False
    moderation.resubmit(item, by=by)
    return True


def take_back(item: Item, *, by: User) -> bool:
    return moderation.withdraw(item, by=by, reason="taken back by its maker")
