"""Upstream prices in credits, as small rules that a model's entry puts together."""

import math
from collections.abc import Callable

Price = Callable[[dict], float]

LONGEST_SPEECH = 15  # seconds: a talking picture is paid for up to this length before its audio is known
UNTIMED_EFFECT = 8  # seconds: a sound effect whose length is left to the model


def flat(credits: float) -> Price:
    return lambda document: credits


def by(field: str, default: str, table: dict[str, float]) -> Price:
    return lambda document: table[document.get(field) or default]


def by_two(first: str, second: str, defaults: tuple[str, str], table: dict[tuple, float]) -> Price:
    return lambda document: table[document.get(first) or defaults[0], document.get(second) or defaults[1]]


def per_second(field: str, default: str, table: dict[str, float], *, seconds: float) -> Price:
    """`seconds` stands in where the input has no duration."""
    return lambda document: table[document.get(field) or default] * (document.get("duration") or seconds)


def seedance(document: dict) -> float:
    """Credits per second by resolution; sound doubles the price."""
    silent = {"480p": 1.75, "720p": 3.5, "1080p": 7.5}[document.get("resolution") or "720p"]
    return silent * document["duration"] * (2 if document.get("generate_audio") else 1)


def speech(document: dict) -> float:
    """6 credits for every started 1,000 characters."""
    return 6 * math.ceil(len(document["text"]) / 1000)


def effect(document: dict) -> float:
    return round(0.24 * (document.get("duration_seconds") or UNTIMED_EFFECT), 2)
