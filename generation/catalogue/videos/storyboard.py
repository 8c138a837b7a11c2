"""Shots of a storyboard: how they read as text, as one plain prompt, and in the provider's words."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

LONGEST_SHOT = 15  # seconds

SHOTS_SCHEMA = {
    "type": "array",
    "minItems": 1,
    "maxItems": 10,
    "description": "The scenes in their order; together they may last as long as `duration`. The prompt may"
    " then be left out, and is not sent when it is given.",
    "items": {
        "type": "object",
        "properties": {
            "scene": {"type": "string", "minLength": 1, "maxLength": 2000, "pattern": r"\S"},
            "duration": {"type": "number", "minimum": 0.1, "maximum": LONGEST_SHOT},
        },
        "required": ["scene", "duration"],
        "additionalProperties": False,
    },
}


def as_text(shots: list[Mapping[str, Any]]) -> str:
    return "\n".join(shot["scene"] for shot in shots)


def one_shot(prompt: str, options: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The whole film as one scene, as long as a shot may be."""
    return [{"scene": prompt, "duration": min(options["duration"], LONGEST_SHOT)}]


def in_their_words(shots: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{"Scene": shot["scene"], "duration": shot["duration"]} for shot in shots]


def fits_the_film(options: Mapping[str, Any]) -> dict[str, str] | None:
    """An error when the shots together are longer than the film."""
    total = sum(Decimal(str(shot["duration"])) for shot in options.get("shots", ()))
    if total <= options["duration"]:
        return None
    detail = _("The shots last %(total)s s together, the video %(duration)s s.")
    words = {"total": f"{total.normalize():f}", "duration": options["duration"]}
    return {"pointer": "/shots", "code": "combination", "detail": detail % words}
