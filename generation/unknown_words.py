"""Sentences of the provider that stand in no table: counted by their pattern, listed among the alarms."""

import re

from generation import alarms
from generation.masking import masked
from generation.models import Alarm

KIND = "unknown_answer"
MOST_LISTED = 50  # standing at once; a provider that babbles must not fill the inbox
OTHERS = "others"
CHANGING = re.compile(
    r"https?://\S+|\b[0-9a-f]{8}-[0-9a-f-]{12,}\b|\b(?=\w*\d)\w{12,}\b|\b\d{4,}\b", re.IGNORECASE
)
SPACES = re.compile(r"\s+")


def tell(place: str, raw: str, *, prompt: str = "") -> None:
    """`place`: order, reading, failure, upload or link. Refusals like to quote the prompt: it is left out."""
    said = masked(raw.replace(prompt, "…") if prompt.strip() else raw)
    subject = f"{place}: {pattern_of(said)}"[: alarms.LONGEST_SUBJECT]
    alarms.sound(KIND, subject if _has_room(subject) else OTHERS, said)


def pattern_of(said: str) -> str:
    """The sentence without ids, addresses and long numbers: the same whatever it was said about."""
    return SPACES.sub(" ", CHANGING.sub("…", said)).strip()


def _has_room(subject: str) -> bool:
    listed = Alarm.objects.filter(kind=KIND, cleared_at=None)
    return listed.filter(subject=subject).exists() or listed.count() < MOST_LISTED
