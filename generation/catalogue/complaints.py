"""What JSON Schema finds wrong with a body, in sentences for people."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from jsonschema import ValidationError

from generation.catalogue.spec import ModelSpec
from generation.catalogue.storable import escaped

# JSON Schema's keyword → our stable code and the sentence; %(limit)s is what the schema says there.
SENTENCES = {
    "enum": ("enum", _("Must be one of: %(limit)s.")),
    "const": ("enum", _("Must be: %(limit)s.")),
    "type": ("type", _("Must be of type %(limit)s.")),
    "required": ("required", _("This field is required.")),
    "minLength": ("min_length", _("Must have at least %(limit)s characters.")),
    "maxLength": ("max_length", _("Must have at most %(limit)s characters.")),
    "minimum": ("minimum", _("Must be at least %(limit)s.")),
    "maximum": ("maximum", _("Must be at most %(limit)s.")),
    "minItems": ("min_items", _("Must have at least %(limit)s entries.")),
    "maxItems": ("max_items", _("Must have at most %(limit)s entries.")),
    "pattern": ("format", _("Does not have the right form.")),
    "additionalProperties": ("unknown_field", _("This model has no such option.")),
}
BLANK = ("blank", _("Must not be empty."))
OTHER = ("invalid", _("This value is not accepted."))
SHOWN = 12  # so many allowed values are named; the schema has them all


def complaints(spec: ModelSpec, body: Mapping[str, Any]) -> list[dict[str, str]]:
    """One entry per field: the first thing that is wrong with it."""
    found: dict[str, dict[str, str]] = {}
    for error in sorted(spec.validator.iter_errors(body), key=lambda error: list(map(str, error.path))):
        for entry in _entries(spec, error):
            found.setdefault(entry["pointer"], entry)
    return list(found.values())


def _entries(spec: ModelSpec, error: ValidationError) -> list[dict[str, str]]:
    if error.schema_path[0] == "allOf":
        rule = spec.all_rules[error.schema_path[1]]
        return [{"pointer": rule.pointer, "code": rule.code, "detail": str(rule.detail)}]
    pointer = "".join(f"/{escaped(step)}" for step in error.path)
    code, sentence = _sentence(spec, error)
    if error.validator == "additionalProperties":
        unknown = sorted(set(error.instance) - set(error.schema["properties"]))
        return [_entry(f"{pointer}/{escaped(name)}", code, sentence, "") for name in unknown]
    if error.validator == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        return [_entry(f"{pointer}/{name}", code, sentence, "") for name in missing]
    return [_entry(pointer, code, sentence, _limit(error.validator_value))]


def _sentence(spec: ModelSpec, error: ValidationError) -> tuple[str, Any]:
    is_prompt = error.path and error.path[0] in spec.prompt.names
    if is_prompt and isinstance(error.instance, str) and not error.instance.strip():
        return BLANK
    return SENTENCES.get(error.validator, OTHER)


def _entry(pointer: str, code: str, sentence: Any, limit: str) -> dict[str, str]:
    return {"pointer": pointer, "code": code, "detail": str(sentence) % {"limit": limit}}


def _limit(value: Any) -> str:
    if not isinstance(value, list):
        return str(value)
    words = [str(each) for each in value]
    return ", ".join(words if len(words) <= SHOWN else [*words[:SHOWN], "…"])
