"""What the provider said, without what opens doors: query strings, keys, tokens, our callback's secret."""

import re

DOORS = r"authorization|bearer|api[_-]?key|access[_-]?key|token|key|secret|sign(?:ature)?|password"
RULES = (
    (re.compile(r"(/callbacks/kie/[0-9a-fA-F-]+/)[\w-]+"), r"\1…"),
    (re.compile(r"(https?://)[^\s/@\"'<>\\]+@"), r"\1…@"),
    (re.compile(r"(https?://[^\s?#\"'<>\\]+)[?#][^\s\"'<>\\]*"), r"\1?…"),
    (re.compile(rf"(?i)\b({DOORS})(\\?\"?\s*[:= ]\s*\\?\"?)(?:bearer )?[\w.~+/=-]{{8,}}"), r"\1\2…"),
)


def masked(text: str) -> str:
    for pattern, kept in RULES:
        text = pattern.sub(kept, text)
    return text
