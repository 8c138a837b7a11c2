"""Judging at the desk: moderation's own verbs, each only by whoever has the work before them."""

from collections import Counter
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import User
from gallery import editing, moderation, undoing
from gallery.desk import sittings, verbs
from gallery.errors import ChangedMeanwhile, NothingToUndo, ReasonMissing
from gallery.models import Decision, Item
from smartspec.lib.errors import NotFound

VERBS = {name: verbs.VERBS[name] for name in ("approve", "reject", "hide", "show", "remove")} | {
    "feature": lambda item, by, reason: moderation.feature(item, by=by, featured=not item.is_featured),
}
AT_ONCE = VERBS.keys() - {"remove"}  # that is asked about first
LAST_WORDS = ("approve", "reject", "remove")  # after these the work is off the table
REMEMBERED = 200  # decisions that undo looks back over


def seen_of(item: Item) -> int:
    """What an item's history ends with: the number by which a stale page is recognised."""
    return item.decisions.order_by("-id").values_list("id", flat=True).first() or 0


def opened(item_id: UUID, *, by: User, seen: int) -> Item:
    """The item, in this person's hands. Raises NotFound, BeingJudged, ChangedMeanwhile."""
    item = Item.objects.select_related("media").filter(pk=item_id).first()
    if item is None:
        raise NotFound
    sittings.take(item_id, by=by)
    if seen_of(item) != seen:
        sittings.leave(item_id, by=by)
        raise ChangedMeanwhile
    return item


def judge(item_id: UUID, *, by: User, verb: str, seen: int, reason: str = "") -> Item:
    """Carry out one of VERBS; `seen` is what `seen_of` said when the work was opened."""
    require(reason, verb=verb)
    item = opened(item_id, by=by, seen=seen)
    VERBS[verb](item, by, reason)
    if verb in LAST_WORDS:
        sittings.leave(item_id, by=by)
    return item


def require(reason: str, *, verb: str) -> None:
    if verb in verbs.NEED_A_REASON and not reason:
        raise ReasonMissing


def decide(item_id: UUID, *, by: User, verb: str, reason: str = "") -> bool:
    """Any of `verbs.VERBS` from outside the desk, under its rule: never while somebody else has the work.

    False when it was so already. Raises NotFound, BeingJudged, ReasonMissing.
    """
    require(reason, verb=verb)
    item = Item.objects.select_related("media").filter(pk=item_id).first()
    if item is None:
        raise NotFound
    with sittings.holding(item_id, by=by):
        return verbs.VERBS[verb](item, by, reason)


def edit(item_id: UUID, *, by: User, seen: int, fields: dict) -> Item:
    item = opened(item_id, by=by, seen=seen)
    editing.edit(item, by=by, fields=fields)
    return item


def undo(*, by: User) -> Item:
    """Take back this person's last decision that was not taken back yet; the work is theirs again."""
    decision = last_in_force(Decision.objects.filter(by=by))
    if decision is None:
        raise NothingToUndo
    sittings.move_on(decision.item_id, by=by)
    if not undoing.undo(decision, by=by):
        raise NothingToUndo
    return Item.objects.select_related("media").get(pk=decision.item_id)


def undo_last(item: Item, *, by: User) -> None:
    """Take back the last decision about this work, whoever made it; what its maker wrote is the maker's."""
    makers = Q(action="edit", by=item.created_by_id) & ~Q(by=by)
    decision = last_in_force(Decision.objects.filter(item=item).exclude(makers))
    with sittings.holding(item.pk, by=by):
        if decision is None or not undoing.undo(decision, by=by):
            raise NothingToUndo


def last_in_force(decisions: QuerySet[Decision]) -> Decision | None:
    """Every undo cancels the decision before it on the same work."""
    undone: Counter = Counter()
    past = set()
    for decision in decisions.order_by("-id")[:REMEMBERED]:
        if decision.action in undoing.CLOSES:
            past.add(decision.item_id)
        elif decision.action == "undo":
            undone[decision.item_id] += 1
        elif undoing.can_be_undone(decision) and decision.item_id not in past:
            if not undone[decision.item_id]:
                return decision
            undone[decision.item_id] -= 1
    return None
