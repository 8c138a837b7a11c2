"""The JSON Schema of a model's request body, built from its declared options."""

from collections.abc import Sequence
from typing import Any

from generation.catalogue.option import Option, Prompt
from generation.catalogue.rules import Rule, needs_one_of, not_together

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def body_schema(
    model_id: str, prompt: Prompt, options: Sequence[Option], rules: Sequence[Rule]
) -> dict[str, Any]:
    """`rules` become its `allOf`, in their order, so that a broken one is found by its place."""
    properties = _general(model_id) | {name: _prompt(prompt) for name in prompt.names}
    for option in options:
        properties |= _properties(option)
    return {
        "$schema": DIALECT,
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "allOf": [dict(rule.schema) for rule in rules],
    }


def all_rules(prompt: Prompt, options: Sequence[Option], own: Sequence[Rule]) -> list[Rule]:
    """What must be given and what may not stand together, then the model's own rules."""
    rules = [needs_one_of(prompt.sources, prompt.names[0])]
    rules += [not_together(prompt.names[0], other) for other in prompt.names[1:]]
    rules += [needs_one_of(option.names, option.name) for option in options if option.required]
    rules += [not_together(option.name, option.alias) for option in options if option.alias]
    return [*rules, *own]


def _general(model_id: str) -> dict[str, Any]:
    """Fields of every create, decided elsewhere; they stand here so that a whole body passes."""
    return {
        "model_id": {"const": model_id},
        "max_credits": {"type": "number", "minimum": 0, "description": "Refuse when the price is higher."},
        "remix_of": {
            "type": "string",
            "maxLength": 255,
            "description": "Id of an own task, or slug of a public work: what this one is made from.",
        },
    }


def _prompt(prompt: Prompt) -> dict[str, Any]:
    return {
        "type": "string",
        "minLength": prompt.min_length,
        "maxLength": prompt.max_length,
        "pattern": r"\S",
    }


def _properties(option: Option) -> dict[str, Any]:
    own = dict(option.schema)
    if option.default is not None:
        own["default"] = option.default
    if option.synonyms:
        own["enum"] = [*own["enum"], *option.synonyms]
    if not option.alias:
        return {option.name: own}
    return {option.name: own, option.alias: _in_other_number(option, own)}


def _in_other_number(option: Option, own: dict[str, Any]) -> dict[str, Any]:
    """The same reference as one value instead of a list, or as a list of one."""
    if option.is_list:
        return {**own["items"], "description": f"{option.name}, for a single one."}
    return {"type": "array", "items": own, "maxItems": 1, "description": f"{option.name}, as a list of one."}
