"""Short ways to declare the options that models have; `field` is the provider's name for it."""

from collections.abc import Callable, Mapping
from typing import Any

from generation.catalogue.option import Option, Takes

MB = 1024 * 1024


def choice(
    name: str,
    values: tuple[Any, ...],
    default: Any = None,
    *,
    field: str | None,
    words: Mapping[Any, Any] | None = None,
    send: Callable[[Any], Any] | None = None,
    about: str = "",
) -> Option:
    """`words` translates our values into the provider's."""
    kind = "integer" if isinstance(values[0], int) else "string"
    schema = _described({"type": kind, "enum": list(values)}, about)
    return Option(name, schema, default, field=field, values=words, send=send)


def flag(name: str, default: bool | None = None, *, field: str, about: str = "") -> Option:
    return Option(name, _described({"type": "boolean"}, about), default, field=field)


def number(
    name: str, low: float, high: float, default: float | None = None, *, field: str, about: str = ""
) -> Option:
    """Sent with two digits after the point, which is the provider's step."""
    schema = _described({"type": "number", "minimum": low, "maximum": high}, about)
    return Option(name, schema, default, field=field, send=lambda value: round(value, 2))


def whole(name: str, low: int, high: int, *, field: str, about: str = "") -> Option:
    schema = _described({"type": "integer", "minimum": low, "maximum": high}, about)
    return Option(name, schema, field=field)


def text(name: str, longest: int, *, field: str, pattern: str = "", about: str = "") -> Option:
    schema = _described({"type": "string", "maxLength": longest}, about)
    return Option(name, schema | ({"pattern": pattern} if pattern else {}), field=field)


def pictures(most: int, *, field: str, megabytes: int, about: str = "") -> Option:
    """`reference_images`; clients may give a single one as `reference_image`."""
    schema = {"type": "array", "items": {"type": "string", "minLength": 1}, "maxItems": most}
    takes = Takes("image", ("jpeg", "png", "webp"), megabytes * MB)
    about = about or "Each a storage key, the id of an own task, or an https URL."
    return Option(
        "reference_images", _described(schema, about), field=field, takes=takes, alias="reference_image"
    )


def picture(*, field: str, send: Callable[[list[str]], Any] | None = None, required: bool) -> Option:
    """`reference_image`; clients may give it as `reference_images` with one entry."""
    schema = _described(
        {"type": "string", "minLength": 1}, "A storage key, the id of an own task, or an https URL."
    )
    takes = Takes("image", ("jpeg", "png", "webp"), 10 * MB)
    return Option(
        "reference_image",
        schema,
        required=required,
        field=field,
        send=send,
        takes=takes,
        alias="reference_images",
    )


def the_only_one(urls: list[str]) -> str:
    """For upstream fields that take one URL and not a list."""
    return urls[0]


def _described(schema: dict[str, Any], about: str) -> dict[str, Any]:
    return schema | ({"description": about} if about else {})


NSFW_CHECKER = flag(
    "nsfw_checker", field="nsfw_checker", about="Let the provider look at the result before it is delivered."
)
