"""Values that JSON can carry and neither a database nor the provider can: refused before anything else."""

import math
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

DEEPEST = 8  # no option nests further than three levels; deeper bodies only exhaust the stack


def unstorable(body: Any) -> list[dict[str, str]]:
    return list(_walk(body, "", 0))


def _walk(value: Any, pointer: str, depth: int) -> Iterator[dict[str, str]]:
    match value:
        case dict() | list() if depth == DEEPEST:
            yield {"pointer": pointer, "code": "type", "detail": _("This is nested too deeply.")}
        case str():
            if "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
                detail = _("This text contains characters that cannot be stored.")
                yield {"pointer": pointer, "code": "characters", "detail": detail}
        case float() if not math.isfinite(value):
            yield {"pointer": pointer, "code": "type", "detail": _("This is not a number.")}
        case dict():
            for name, inner in value.items():
                yield from _walk(name, pointer, depth)
                yield from _walk(inner, f"{pointer}/{escaped(name)}", depth + 1)
        case list():
            for place, inner in enumerate(value):
                yield from _walk(inner, f"{pointer}/{place}", depth + 1)


def escaped(name: object) -> str:
    """One step of a JSON Pointer (RFC 6901)."""
    return str(name).replace("~", "~0").replace("/", "~1")
