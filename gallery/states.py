"""What may happen to an item: every decision as data."""

from typing import NamedTuple


class Move(NamedTuple):
    """`before`: statuses in which the decision is possible; `after`: the status that it leads to."""

    before: frozenset[str]
    after: str


MOVES = {
    "approve": Move(frozenset({"pending", "rejected"}), "approved"),
    "reject": Move(frozenset({"pending", "approved"}), "rejected"),
    "withdraw": Move(frozenset({"pending", "approved", "rejected"}), "withdrawn"),
    "resubmit": Move(frozenset({"approved", "rejected"}), "pending"),
    "remove": Move(frozenset({"pending", "approved", "rejected", "withdrawn"}), "removed"),
}


def may(action: str, status: str) -> bool:
    return status in MOVES[action].before
