"""The sandbox's own door, which the real provider does not have: behaviour, tasks, reset."""

from dataclasses import asdict

from .answers import Answer, Request, as_json
from .desk import Desk
from .faults import FAULTS


def set_mode(desk: Desk, request: Request) -> Answer:
    """Any of Mode's settings, and `credits`; answers with the mode that now holds."""
    changes = request.json()
    if "credits" in changes:
        desk.account.set(float(changes.pop("credits")))
    try:
        desk.mode.set(changes)
    except KeyError as unknown:
        return as_json({"error": f"unknown: {unknown.args[0]}", "faults": FAULTS}, status=400)
    return as_json(desk.mode.shown() | {"credits": desk.account.credits})


def tasks(desk: Desk, request: Request) -> Answer:
    return as_json([asdict(task) for task in desk.journal.all()])


def release(desk: Desk, request: Request) -> Answer:
    return as_json({"released": desk.release(request.json().get("taskId"))})


def reset(desk: Desk, request: Request) -> Answer:
    desk.reset()
    return as_json({"reset": True})
