"""The misbehaviours that can be asked for, for every task or by words inside one prompt."""

import re
import threading
from dataclasses import dataclass, field

WORD = re.compile(r"\[sandbox:([a-z0-9-]+)(?:=([^\]]*))?\]")

# name: (value when none is given, what happens)
FAULTS = {
    "slow": ("5", "the result comes this many seconds later"),
    "stuck": ("1", "the task stays in `waiting` until it is released"),
    "refuse": ("455", "the create is refused with this code; nothing is created or charged"),
    "429": ("1", "the create is refused by the rate limit"),
    "fail": ("500", "the task ends in `fail` with this failCode"),
    "moderated": ("430", "the task ends in `fail` because of its content"),
    "no-urls": ("1", "the task ends in `success` without a single address"),
    "no-callback": ("1", "the callback is lost"),
    "twice": ("1", "the callback is delivered twice"),
    "drop": ("1", "the connection closes after the task was created"),
    "html-502": ("1", "this many polls meet an HTML page with status 502"),
    "null-first": ("2", "for this many seconds the record cannot be seen yet"),
    "gone": ("1", "the result's address answers 404"),
}

REFUSALS = {
    "429": "Rate limit exceeded: too many requests, please try again later",
    "433": "The usage limit of this key has been reached",
    "455": "The service is under maintenance, please try again later",
    "505": "This feature is disabled",
}
FAILURES = {
    "400": "Internal Error, Please try again later.",
    "422": "Service is currently unavailable due to high demand. Please try again later.",
    "430": "Your prompt was flagged by the content policy and could not be processed.",
    "451": "The input image could not be fetched.",
    "500": "The upstream model could not produce a result.",
    "501": "Generation failed.",
}


def in_text(text: str) -> dict[str, str]:
    """`{name: value}` of the known fault words in a prompt; unknown words mean nothing."""
    found = WORD.findall(text)
    return {name: value or FAULTS[name][0] for name, value in found if name in FAULTS}


def without_words(text: str) -> str:
    """The prompt as a painter should read it."""
    return WORD.sub("", text).strip()


@dataclass
class Mode:
    """Behaviour of the whole sandbox. `next` limits `faults` to that many creates; None means all."""

    faults: dict[str, str] = field(default_factory=dict)
    next: int | None = None
    paused_models: list[str] = field(default_factory=list)  # refused at create, like Sora today
    dead_models: list[str] = field(default_factory=list)  # accepted, then failed, like sound-effect-v2
    newer_fields: bool = False
    sketch: bool = False  # small and quick results, for tests that only need a file
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    SETTABLE = ("faults", "next", "paused_models", "dead_models", "newer_fields", "sketch")

    def set(self, changes: dict) -> None:
        """Replace the named parts; an unknown name is a KeyError, so that a typing error is seen."""
        unknown = set(changes) - set(self.SETTABLE)
        unknown |= set(changes.get("faults") or {}) - set(FAULTS)
        if unknown:
            raise KeyError(", ".join(sorted(unknown)))
        with self._lock:
            for name, value in changes.items():
                setattr(self, name, value)
            if "faults" in changes:
                self.faults = {name: as_value(name, value) for name, value in (self.faults or {}).items()}

    def take(self) -> dict[str, str]:
        """The faults of the next create."""
        with self._lock:
            if self.next is None:
                return dict(self.faults)
            if self.next <= 0:
                return {}
            self.next -= 1
            return dict(self.faults)

    def shown(self) -> dict:
        return {name: getattr(self, name) for name in self.SETTABLE}


def as_value(name: str, value) -> str:
    return FAULTS[name][0] if value is True else str(value)
