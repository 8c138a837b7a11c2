"""What the provider said, without what opens doors: query strings, keys, tokens, our callback's secret."""

import re

from smartspec.lib.secret_places import BARE, NAMED, OURS

RULES = (
    (re.compile(r"(https?://)[^\s/@\"'<>\\]+@"), r"\1…@"),
    (re.compile(r"(https?://[^\s?#\"'<>\\]+)[?#][^\s\"'<>\\]*"), r"\1?…"),
    (NAMED, r"\1\2…"),
    (OURS, r"\1…"),
    (BARE, r"\1…"),
)


def masked(text: str) -> str:
    for pattern, kept in RULES:
        text = pattern.sub(kept, text)
    return text
