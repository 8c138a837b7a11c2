"""Which words of the provider we take for the id of a task."""

import re
from typing import Any

USABLE = re.compile(r"[!-~]{1,128}")  # opaque; printable without spaces


def usable_id(value: Any) -> str | None:
    return value if isinstance(value, str) and USABLE.fullmatch(value) else None
