"""The misbehaviours that can be asked for, for every task or by words inside one prompt."""

import random
import re
import threading
from collections import Counter
from dataclasses import dataclass, field

WORD = re.compile(r"\[sandbox:([a-z0-9-]+)(?:=([^\]]*))?\]")

# name: (value when none is given, what happens)
FAULTS = {
    "slow": ("5", "the result comes this many seconds later"),
    "stuck": ("1", "the task stays in `waiting` until it is released"),
    "refuse": ("455", "the create is refused with this code; nothing is created or charged"),
    "429": ("1", "the create is refused by the rate limit"),
    "fail": ("500", "the task ends in `fail` with this failCode, or as SEEN tells under this name"),
    "moderated": ("430", "the task ends in `fail` because of its content"),
    "no-urls": ("1", "the task ends in `success` without a single address"),
    "no-callback": ("1", "the callback is lost"),
    "twice": ("1", "the callback is delivered twice"),
    "late": ("5", "the callback comes this many seconds later"),
    "early": ("1", "a callback comes before the answer to the create"),
    "unsigned": ("1", "the callback carries no signature"),
    "forged": ("1", "a callback with a false signature and a false outcome comes first"),
    "skew": ("3600", "the callback is signed with a clock that is this many seconds off"),
    "lost": ("1", "the connection closes before anything was created"),
    "drop": ("1", "the connection closes after the task was created"),
    "html-create": ("502", "the task is created and answered by an HTML page with this status"),
    "garbled-create": ("1", "the task is created and its answer is cut short"),
    "html-502": ("1", "this many polls meet an HTML page with status 502"),
    "html-530": ("1", "this many polls meet Cloudflare's page that the origin is away, status 530"),
    "garbled": ("1", "the answers to this many polls are cut short"),
    "null-first": ("2", "for this many seconds the record cannot be seen yet"),
    "object": ("1", "the record holds its result as an object, not as text"),
    "gone": ("1", "the result's address answers 404"),
    "expired": ("1", "the result's address answers 403 until a fresh one is asked for"),
    "cut": ("1", "this many downloads of the result end in the middle"),
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

SEEN = {  # failures as customers have met them: failCode, failMsg; {prompt} is what the customer wrote
    "blank": ("422", "generate playground failed, task id is blank"),
    "closed": ("422", "499 Client Closed Request"),
    "director": ("422", "Director: unexpected error handling prediction (E9243)"),
    "busy": ("422", "Service is currently unavailable due to high demand. (E003)"),
    "models": ("422", "Models task execute failed."),
    "cdn": ("422", "429 Too Many Requests for url https://tempfile.redpandaai.co/kieai/1/a.png"),
    "internal": ("400", "Internal Error, Please try again later."),
    "copyright": ("501", "The result may violate copyright."),
    "policy": ("431", "Your request violates our usage policy."),
    "gemini": ("500", "Gemini could not generate an image with the prompt provided."),
    "chat": ("500", "I can't help with creating this picture."),
    "language": ("422", "生成失败，请稍后重试"),
    "html": ("500", "<html><body><h1>502 Bad Gateway</h1></body></html>"),
    "echo": ("500", "{prompt} could not be rendered"),
}


def failure(name: str, prompt: str) -> dict[str, str]:
    """How a task ends for which `fail` was asked by name or by number."""
    code, msg = SEEN.get(name) or (name, FAILURES.get(name, FAILURES["501"]))
    return {"code": code, "msg": msg.replace("{prompt}", prompt)}


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
    odds: float = 1.0  # each of `faults` falls with this probability
    paused_models: list[str] = field(default_factory=list)  # refused at create, like Sora today
    dead_models: list[str] = field(default_factory=list)  # accepted, then failed, like sound-effect-v2
    newer_fields: bool = False
    sketch: bool = False  # small and quick results, for tests that only need a file
    counts: Counter[str] = field(default_factory=Counter)  # how often each fault was dealt out
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    SETTABLE = ("faults", "next", "odds", "paused_models", "dead_models", "newer_fields", "sketch")

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
            if self.next is not None and self.next <= 0:
                return {}
            if self.next is not None:
                self.next -= 1
            dealt = {name: value for name, value in self.faults.items() if random.random() < self.odds}
            self.counts.update(dealt.keys())
            return dealt

    def shown(self) -> dict:
        return {name: getattr(self, name) for name in self.SETTABLE} | {"counts": dict(self.counts)}


def as_value(name: str, value) -> str:
    return FAULTS[name][0] if value is True else str(value)
