"""From our options to what the provider accepts: field names, value words, types, model strings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generation.catalogue.defaults import effective_options
from generation.catalogue.option import Option
from generation.catalogue.spec import ModelSpec


@dataclass(frozen=True)
class UpstreamRequest:
    """One order in the provider's words; `family` is jobs or veo."""

    family: str
    model: str
    input: dict[str, Any]


def upstream_request(
    spec: ModelSpec, prompt: str, options: Mapping[str, Any], references: Mapping[str, list[str]]
) -> UpstreamRequest:
    """`references` holds, by option name, URLs that the provider can fetch."""
    values = effective_options(spec, options) | {name: urls for name, urls in references.items() if urls}
    order = {spec.prompt.field: prompt} if spec.prompt.field else {}
    for option in spec.options:
        value = values.get(option.name)
        if value is None and option.from_prompt:
            value = option.from_prompt(prompt, values)
        if value is not None and option.field:
            order[option.field] = _in_their_words(option, value)
    for extra in spec.extras:
        if extra.fits(values):
            order |= extra.fields
            break
    variant = next(each for each in spec.variants if each.fits(values))
    return UpstreamRequest(spec.family, variant.model, order)


def _in_their_words(option: Option, value: Any) -> Any:
    if option.values is not None:
        value = option.values[value]
    return option.send(value) if option.send else value
