"""Who lets a work onto the wall, and who takes it down. What is visible changes only through here.

Every verb returns False when it changed nothing, and leaves a Decision row when it did.
"""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from gallery import decisions, publishing, relocating
from gallery.errors import SensitiveNeverFeatured, WrongMove
from gallery.models import Decision, Item
from gallery.states import MOVES, may
from storage_app.deletion import release_asset

CAN_BE_UNDONE = ("approve", "reject", "feature", "unfeature", "hide", "show", "rate")
NOT_APPROVED = {"approved_at": None, "approved_by_id": None}


def approve(item: Item, *, by: User) -> bool:
    """Let the work be seen (if it is public); its files are public before its page is."""
    return _move(item, "approve", by=by, approved_at=timezone.now(), approved_by_id=by.pk)


def reject(item: Item, *, by: User, reason: str) -> bool:
    return _move(item, "reject", by=by, reason=reason, **NOT_APPROVED)


def resubmit(item: Item, *, by: User) -> bool:
    """Its maker changed it: it waits for a decision again."""
    return _move(item, "resubmit", by=by, **NOT_APPROVED)


def withdraw(item: Item, *, by: User | None, reason: str = "") -> bool:
    """Its maker takes it back."""
    return _move(item, "withdraw", by=by, reason=reason, **NOT_APPROVED)


def remove(item: Item, *, by: User | None, reason: str) -> bool:
    """Gone for good: the files are deleted, the address answers 410 and is never given to another."""
    return _move(item, "remove", by=by, reason=reason, media_id=None, card={}, **NOT_APPROVED)


def hide(item: Item, *, by: User, reason: str = "") -> bool:
    item.refresh_from_db()
    return _decide(item, "hide", by=by, reason=reason, is_public=False)


def show(item: Item, *, by: User) -> bool:
    item.refresh_from_db()
    return _decide(item, "show", by=by, is_public=True)


def feature(item: Item, *, by: User, featured: bool) -> bool:
    item.refresh_from_db()
    if featured and item.rating == "sensitive":
        raise SensitiveNeverFeatured
    return _decide(item, "feature" if featured else "unfeature", by=by, is_featured=featured)


def rate(item: Item, *, by: User, rating: str) -> bool:
    """`sensitive` works leave every list and are never featured."""
    item.refresh_from_db()
    unfeatured = {"is_featured": False} if rating == "sensitive" else {}
    return _decide(item, "rate", by=by, rating=rating, **unfeatured)


def undo(decision: Decision, *, by: User) -> bool:
    """Put back what `decision` changed, as a new decision. False when it is no longer in force."""
    item = Item.objects.select_related("media").get(pk=decision.item_id)
    after = {name: value for name, value in decision.after.items() if name in decisions.GUARDED}
    if decision.action not in CAN_BE_UNDONE or any(getattr(item, n) != value for n, value in after.items()):
        return False
    columns = Item._meta
    before = {name: columns.get_field(name).to_python(value) for name, value in decision.before.items()}
    return _decide(item, "undo", by=by, **before)


def _move(item: Item, action: str, *, by: User | None, reason: str = "", **changes) -> bool:
    item.refresh_from_db()
    if item.status == MOVES[action].after:
        return False
    if not may(action, item.status):
        raise WrongMove(action=action, status=item.status)
    return _decide(item, action, by=by, reason=reason, status=MOVES[action].after, **changes)


def _decide(item: Item, action: str, *, by: User | None, reason: str = "", **changes) -> bool:
    if item.status == Item.Status.REMOVED:
        raise WrongMove(action=action, status=item.status)
    will_be_shown = (
        changes.get("status", item.status) == Item.Status.APPROVED
        and changes.get("is_public", item.is_public)
        and item.media_id is not None
    )
    if will_be_shown and item.published_at is None:
        changes["published_at"] = timezone.now()
    if will_be_shown and not item.is_shown:
        with relocating.public_files(item):
            return _write(item, action, by=by, reason=reason, **changes)
    return _write(item, action, by=by, reason=reason, **changes)


@transaction.atomic
def _write(item: Item, action: str, *, by: User | None, reason: str, **changes) -> bool:
    was_shown, asset = item.is_shown, item.media
    if not decisions.write(item, by=by, action=action, reason=reason, **changes):
        return False
    publishing.settle_on_shelves(item)
    if item.status == Item.Status.REMOVED:
        relocating.lock_out_movers(item)
        if asset is not None:
            release_asset(asset)
    elif was_shown and not item.is_shown:
        relocating.ask(item)
    return True
