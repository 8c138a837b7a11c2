"""Named moments at which a fault test may end this process; in production a look-up in an empty dict.

CRASH_POINTS="start.bought:0.1,*:0.01" arms points with a probability each, only while DEBUG is on.
CRASH_LOG names a file in which each victim leaves the name of the point where it died.
"""

import os
import random
import signal
from collections.abc import Callable

from django.conf import settings

POINTS = {  # name: what has happened when it is reached
    "submit.checked": "the request may be carried out, nothing is written",
    "submit.held": "credits are held, the task's row is not written (in the transaction)",
    "submit.written": "everything is written, not committed",
    "submit.committed": "accepted, the caller does not know",
    "start.claimed": "a task is claimed and allowed to be bought",
    "start.intended": "the intent is committed, nothing was sent",
    "start.bought": "the provider took the order, nothing of that is written",
    "start.doubted": "no answer to the order came, nothing of that is written",
    "start.recorded": "the provider's id is committed",
    "refresh.read": "the provider's record was read, nothing of that is written",
    "confirm.read": "a claimed id was read back, nothing of that is written",
    "store.fetched": "the result is on this machine and checked",
    "store.announced": "the object's clean-up is promised, it is not stored",
    "store.put": "the object is stored, no row owns it",
    "store.recorded": "rows own the objects (in the transaction)",
    "render.done": "the first thumbnail is made, the task not completed",
    "complete.moved": "the task is completed, nothing is charged (in the transaction)",
    "complete.captured": "charged, not committed",
    "complete.committed": "delivered and charged",
    "end.moved": "the task has ended without a result, its hold stands (in the transaction)",
    "end.released": "paid back, not committed",
    "end.committed": "ended and paid back",
    "late.stored": "a late result is stored, no row owns it",
    "hint.believed": "a callback was found to be right, nothing is written",
    "hint.written": "the task is due, its wake-up not sent",
    "cancel.fenced": "the worker's claim is over, the task not cancelled (in the transaction)",
    "delete.released": "the files are let go of (in the transaction)",
    "wake.sent": "a wake-up is on its way",
    "deliver.opened": "a wake-up was taken from the broker",
    "deliver.worked": "its work is done, the broker does not know",
}
ALL = "*"
armed: dict[str, Callable[[str], None]] = {}


def reach(name: str) -> None:
    if act := armed.get(name):
        act(name)


def arm(probabilities: dict[str, float], *, log: str = "") -> None:
    """From now on this process dies at these points; unknown names are a KeyError."""
    for name, probability in probabilities.items():
        for point in POINTS if name == ALL else [name]:
            if point not in POINTS:
                raise KeyError(point)
            armed[point] = victim(float(probability), log)


def victim(probability: float, log: str) -> Callable[[str], None]:
    def act(name: str) -> None:
        if random.random() < probability:
            leave_a_trace(log, name)
            os.kill(os.getpid(), signal.SIGKILL)

    return act


def leave_a_trace(log: str, name: str) -> None:
    if log:
        with open(log, "ab", buffering=0) as file:
            file.write(f"{name}\n".encode())


def arm_from_environment() -> None:
    words = os.environ.get("CRASH_POINTS", "")
    if words and settings.DEBUG:
        pairs = (pair.rsplit(":", 1) for pair in words.split(","))
        arm({name: float(probability) for name, probability in pairs}, log=os.environ.get("CRASH_LOG", ""))


arm_from_environment()
