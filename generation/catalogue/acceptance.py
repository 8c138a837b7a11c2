"""From a flat request body to a prompt, options and references of one model, or a refusal."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from generation.catalogue.complaints import complaints
from generation.catalogue.defaults import effective_options
from generation.catalogue.option import Option
from generation.catalogue.sdk_defaults import without_misfits
from generation.catalogue.spec import ModelSpec
from generation.catalogue.storable import unstorable
from smartspec.lib.errors import InvalidInput


@dataclass(frozen=True)
class Accepted:
    """`options` holds only what the caller gave; `references` as given, by the model's own option name."""

    prompt: str
    options: dict[str, Any]
    references: dict[str, list[str]]


def accept(spec: ModelSpec, body: Mapping[str, Any]) -> Accepted:
    """Raises InvalidInput with every complaint; nothing of the body is changed."""
    if not isinstance(body, Mapping):
        raise InvalidInput(_("The request body must be a JSON object."))
    _refuse(unstorable(body))
    given = {name: value for name, value in body.items() if value is not None and not _is_empty(name, value)}
    given = without_misfits(spec, given)
    _refuse(complaints(spec, given))
    accepted = Accepted(_prompt(spec, given), _options(spec, given), _references(spec, given))
    effective = effective_options(spec, accepted.options)
    _refuse([error for check in spec.checks if (error := check(effective))])
    return accepted


def _refuse(errors: list[dict[str, str]]) -> None:
    if errors:
        field = errors[0]["pointer"].lstrip("/")
        detail = f"{field}: {errors[0]['detail']}" if field else errors[0]["detail"]
        raise InvalidInput(detail, errors=errors)


def _is_empty(name: str, value: Any) -> bool:
    """An empty list of references says the same as none."""
    return name.startswith("reference_") and value == []


def _prompt(spec: ModelSpec, given: Mapping[str, Any]) -> str:
    for name in spec.prompt.names:
        if name in given:
            return given[name]
    option, read = spec.prompt.stand_in
    return read(given[option])[: spec.prompt.max_length]


def _options(spec: ModelSpec, given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        option.name: _settled(option, given[option.name])
        for option in spec.options
        if option.name in given and not option.is_reference
    }


def _settled(option: Option, value: Any) -> Any:
    """The value in the one form that we keep: current words, and 5.0 as 5 where whole numbers are meant."""
    if option.synonyms and value in option.synonyms:
        return option.synonyms[value]
    return int(value) if option.schema.get("type") == "integer" else value


def _references(spec: ModelSpec, given: Mapping[str, Any]) -> dict[str, list[str]]:
    found = {}
    for option in filter(lambda option: option.is_reference, spec.options):
        for name in option.names:
            if name in given:
                found[option.name] = given[name] if isinstance(given[name], list) else [given[name]]
    return found
