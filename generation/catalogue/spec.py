"""What one entry of the catalogue is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from jsonschema import Draft202012Validator

from generation.catalogue.option import Option, Prompt
from generation.catalogue.prices import Pricing
from generation.catalogue.rules import Rule
from generation.catalogue.schema import all_rules, body_schema

GIVEN = object()  # in a condition: any value at all


@dataclass(frozen=True)
class Choice:
    """What holds when every option named in `when` has the value given there."""

    model: str = ""  # the upstream model string
    when: Mapping[str, Any] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)  # further upstream fields

    def fits(self, values: Mapping[str, Any]) -> bool:
        return all(
            values.get(name) is not None if wanted is GIVEN else values.get(name) == wanted
            for name, wanted in self.when.items()
        )


@dataclass(frozen=True, eq=False)
class ModelSpec:
    """One model: our id, name and price, and everything the provider wants to know.

    Of `variants` and of `extras` the first that fits counts. `checks` are rules that JSON Schema cannot
    say: each takes the effective options and returns an error {pointer, code, detail} or None.
    """

    id: str
    name: str
    media_type: str  # image, video, audio
    description: str
    prompt: Prompt
    options: tuple[Option, ...]
    variants: tuple[Choice, ...]
    pricing: Pricing
    source: str  # where the facts come from, and where specification and provider differ
    provider: str = "kie.ai"
    family: str = "jobs"  # jobs, veo
    extras: tuple[Choice, ...] = ()
    rules: tuple[Rule, ...] = ()
    checks: tuple[Callable[[Mapping[str, Any]], dict | None], ...] = ()
    is_active: bool = True
    is_beta: bool = False
    is_featured: bool = False
    tags: tuple[str, ...] = ()

    @cached_property
    def by_name(self) -> dict[str, Option]:
        return {option.name: option for option in self.options}

    @cached_property
    def all_rules(self) -> list[Rule]:
        return all_rules(self.prompt, self.options, self.rules)

    @cached_property
    def input_schema(self) -> dict[str, Any]:
        """JSON Schema 2020-12 of the whole flat request body; the same document validates requests."""
        head = {"title": self.name, "description": self.description}
        return head | body_schema(self.id, self.prompt, self.options, self.all_rules)

    @cached_property
    def validator(self) -> Draft202012Validator:
        return Draft202012Validator(self.input_schema)

    @property
    def status(self) -> str:
        """active, beta or deprecated; `maintenance` is a fact of the moment and not known here."""
        if not self.is_active:
            return "deprecated"
        return "beta" if self.is_beta else "active"

    @property
    def supports_image_input(self) -> bool:
        return any(option.takes and option.takes.kind == "image" for option in self.options)

    @property
    def supports_video_input(self) -> bool:
        return any(option.takes and option.takes.kind == "video" for option in self.options)

    @property
    def max_prompt_length(self) -> int:
        return self.prompt.max_length

    @property
    def aspect_ratios(self) -> list[str] | None:
        return self._choices("aspect_ratio")

    @property
    def resolutions(self) -> list[str] | None:
        return self._choices("resolution")

    @property
    def durations(self) -> list[int] | None:
        """Seconds; None where there is no such option or any length within a range is taken."""
        return self._choices("duration")

    @property
    def output_formats(self) -> list[str] | None:
        return self._choices("output_format")

    @property
    def base_credits(self) -> Decimal:
        return self.pricing.base

    @property
    def pricing_tiers(self) -> dict[str, Decimal] | None:
        return self.pricing.tiers

    def _choices(self, name: str) -> list | None:
        option = self.by_name.get(name)
        return list(option.schema["enum"]) if option and "enum" in option.schema else None
