"""An answer of the provider before anyone has judged it: HTTP status, text, and the envelope inside."""

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    retry_after: int | None = None

    @cached_property
    def envelope(self) -> dict[str, Any] | None:
        """The decoded body when it is an envelope (an object with a numeric `code`), else None."""
        body = decoded(self.text)
        return body if isinstance(body, dict) and whole_number(body.get("code")) is not None else None

    @property
    def code(self) -> int | None:
        return whole_number(self.envelope["code"]) if self.envelope else None

    @property
    def message(self) -> str:
        return str(self.envelope.get("msg") or "") if self.envelope else ""

    @property
    def data(self) -> Any:
        return self.envelope.get("data") if self.envelope else None

    @property
    def raw(self) -> str:
        """For admins: what was said, short enough to keep."""
        said = f"{self.code}: {self.message}" if self.envelope else self.text
        return storable(f"HTTP {self.status}, {said}")[:2000]


def decoded(text: Any) -> Any:
    """JSON text as Python values, fractions as Decimal; anything else, also None, comes back as None."""
    if not isinstance(text, str):
        return None
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=lambda name: None)
    except (ValueError, RecursionError):
        return None


def as_object(value: Any) -> dict[str, Any]:
    """An object that may have arrived as such, as JSON text of one, or not at all (then empty)."""
    value = decoded(value) if isinstance(value, str) else value
    return value if isinstance(value, dict) else {}


def whole_number(value: Any) -> int | None:
    """An int from 200, "200" and their like; None from everything else."""
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit() and len(value) < 20:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def storable(text: str) -> str:
    """The text without what a database refuses: NUL bytes and lone surrogates."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")
