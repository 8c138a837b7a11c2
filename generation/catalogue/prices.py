"""How a price is made: the specification's, but never below what the provider takes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal
from functools import cached_property
from itertools import product
from typing import Any


@dataclass(frozen=True)
class Axis:
    """An option that the price depends on, and the word of each of its values in the tier's name."""

    option: str
    words: Mapping[Any, str]


def axis(option: str, *values: Any, suffix: str = "") -> Axis:
    return Axis(option, {value: f"{value}{suffix}" for value in values})


@dataclass(frozen=True)
class Pricing:
    """Credits of one model.

    `base` is the specification's price, `listed` its tiers. `upstream` holds the provider's credits by
    tier name; with `per_second` (the name of an axis) they are per second and that axis is left out of
    the key. `per_characters`: both prices count per started so many characters of the prompt.
    `below_cost` names the tiers that are knowingly sold below cost.
    """

    base: Decimal
    upstream: Mapping[str, Decimal]
    axes: tuple[Axis, ...] = ()
    listed: Mapping[str, Decimal] = field(default_factory=dict)
    per_second: str | None = None
    per_characters: int | None = None
    below_cost: frozenset[str] = frozenset()

    @cached_property
    def tiers(self) -> dict[str, Decimal] | None:
        """Price by tier name, for every combination of priced options; None where all cost the same."""
        if not self.axes:
            return None
        return {self.tier(options): self.credits(options) for options in self._priced}

    @cached_property
    def costs(self) -> dict[str, Decimal]:
        """What the provider takes, by tier name; one nameless tier where all cost the same."""
        return {self.tier(options): self.upstream_credits(options) for options in self._priced}

    @cached_property
    def _priced(self) -> list[dict[str, Any]]:
        """Every combination of priced options."""
        names = [each.option for each in self.axes]
        return [
            dict(zip(names, values, strict=True)) for values in product(*(each.words for each in self.axes))
        ]

    def tier(self, options: Mapping[str, Any]) -> str:
        return self._name(options, self.axes)

    def upstream_credits(self, options: Mapping[str, Any]) -> Decimal:
        if self.per_second is None:
            return self.upstream[self.tier(options)]
        others = tuple(each for each in self.axes if each.option != self.per_second)
        return self.upstream[self._name(options, others)] * options[self.per_second]

    def credits(self, options: Mapping[str, Any]) -> Decimal:
        tier = self.tier(options)
        listed = self.listed.get(tier, self.base)
        if tier in self.below_cost:
            return listed
        return max(listed, up_to_half(self.upstream_credits(options)))

    @staticmethod
    def _name(options: Mapping[str, Any], axes: tuple[Axis, ...]) -> str:
        words = (each.words[options[each.option]] for each in axes)
        return "-".join(filter(None, words))


def up_to_half(credits: Decimal) -> Decimal:
    return (credits * 2).to_integral_value(ROUND_CEILING) / 2
