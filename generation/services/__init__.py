"""The verbs of this room."""

from generation.services.cancel import cancel, delete
from generation.services.complete import complete, receive_late, render
from generation.services.fail import fail
from generation.services.hint import look_again, take_hint
from generation.services.refresh import confirm, refresh
from generation.services.refund import refund
from generation.services.start import doubt, start
from generation.services.store import store
from generation.services.submit import Order, check, place, retry, submit

__all__ = [
    "Order",
    "cancel",
    "check",
    "complete",
    "confirm",
    "delete",
    "doubt",
    "fail",
    "look_again",
    "place",
    "receive_late",
    "refresh",
    "refund",
    "render",
    "retry",
    "start",
    "store",
    "submit",
    "take_hint",
]
