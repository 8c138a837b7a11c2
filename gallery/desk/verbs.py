"""What staff may do to a work, by name, wherever they do it; `reason` is empty unless somebody wrote one."""

from collections.abc import Callable

from accounts.models import User
from gallery import moderation
from gallery.models import Item

VERBS: dict[str, Callable[[Item, User, str], bool]] = {
    "approve": lambda item, by, reason: moderation.approve(item, by=by),
    "reject": lambda item, by, reason: moderation.reject(item, by=by, reason=reason),
    "feature": lambda item, by, reason: moderation.feature(item, by=by, featured=True),
    "unfeature": lambda item, by, reason: moderation.feature(item, by=by, featured=False),
    "hide": lambda item, by, reason: moderation.hide(item, by=by, reason=reason),
    "show": lambda item, by, reason: moderation.show(item, by=by),
    "remove": lambda item, by, reason: moderation.remove(item, by=by, reason=reason),
}
NEED_A_REASON = ("reject", "hide", "remove")
