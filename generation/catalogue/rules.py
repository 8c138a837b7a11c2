"""Rules between the fields of one request body, as JSON Schema with a sentence for people."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Reference images under either of their names.
WITH_PICTURES = {"anyOf": [{"required": ["reference_images"]}, {"required": ["reference_image"]}]}


@dataclass(frozen=True)
class Rule:
    """One fragment of the body's schema, and what is said when it is broken."""

    schema: Mapping[str, Any]
    pointer: str
    code: str
    detail: str | Promise


def needs_one_of(names: tuple[str, ...], preferred: str) -> Rule:
    wanted = {"anyOf": [{"required": [name]} for name in names]}
    return Rule(wanted, f"/{preferred}", "required", _("This field is required."))


def not_together(first: str, second: str) -> Rule:
    broken = {"not": {"required": [first, second]}}
    return Rule(broken, f"/{second}", "conflict", _("Only one of the two names of this field may be given."))


def only_when(field: str, value: Any, then: Mapping[str, Any], detail: str | Promise) -> Rule:
    """When `field` is given as `value`, the body must also fulfil `then`."""
    condition = {"properties": {field: {"const": value}}, "required": [field]}
    return Rule({"if": condition, "then": then}, f"/{field}", "combination", detail)
