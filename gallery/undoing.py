"""Taking back: what a decision changed is put back, and that is a decision of its own."""

from typing import Any

from django.db import transaction

from accounts.models import User
from gallery import decisions, editing, moderation, publishing
from gallery.errors import UnknownCategory
from gallery.models import Decision, Item

CLOSES = ("resubmit", "withdraw", "remove")  # what was decided before these is past
ARRANGED = {"display_order"}  # alone it is a place on the wall, and those are put in order together


def can_be_undone(decision: Decision) -> bool:
    if decision.action == "edit":
        return not decision.after.keys() <= ARRANGED
    return decision.action in moderation.CAN_BE_UNDONE


def undo(decision: Decision, *, by: User) -> bool:
    """False when `decision` is no longer in force."""
    if decision.action == "edit":
        return can_be_undone(decision) and rewrite(decision, by=by)
    return moderation.undo(decision, by=by)


def rewrite(decision: Decision, *, by: User) -> bool:
    """Put back the texts and shelves as they were before an edit, if nobody has touched them since."""
    try:
        with transaction.atomic():
            item = Item.objects.select_for_update().get(pk=decision.item_id)
            if item.status == Item.Status.REMOVED or now_of(item, decision.after) != decision.after:
                return False
            before = dict(decision.before)
            slugs = before.pop("categories", None)
            shelves = None if slugs is None else editing.shelve(item, slugs)
            return decisions.write(item, by=by, action="undo", also=shelves, **before)
    except UnknownCategory:  # a shelf that is no more
        return False


def now_of(item: Item, names) -> dict[str, Any]:
    columns = {name: getattr(item, name) for name in names if name != "categories"}
    return columns | ({"categories": publishing.own_shelves(item)} if "categories" in names else {})
