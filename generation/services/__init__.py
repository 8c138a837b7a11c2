"""The verbs of this room."""

from generation.services.cancel import cancel, delete
from generation.services.complete import complete, receive_late, render
from generation.services.fail import fail
from generation.services.hint import take_hint
from generation.services.refresh import confirm, refresh
from generation.services.start import doubt, start
from generation.services.store import store
from generation.services.submit import Order, check, retry, submit

__all__ = [
    "Order",
    "cancel",
    "check",
    "complete",
    "confirm",
    "delete",
    "doubt",
    "fail",
    "receive_late",
    "refresh",
    "render",
    "retry",
    "start",
    "store",
    "submit",
    "take_hint",
]
