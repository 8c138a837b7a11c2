"""What one request costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from generation.catalogue.defaults import effective_options
from generation.catalogue.spec import ModelSpec

NONE: Mapping[str, Decimal] = MappingProxyType({})


@dataclass(frozen=True)
class Quote:
    """`breakdown` is a list of {label, credits} that sums up to `credits`; `tier` is "" without tiers."""

    credits: Decimal
    tier: str
    breakdown: list[dict[str, Any]]
    upstream_credits: Decimal


def quote(
    spec: ModelSpec, prompt: str, options: Mapping[str, Any], prices: Mapping[str, Decimal] = NONE
) -> Quote:
    """`prices` by tier stand in the place of the catalogue's."""
    pricing = spec.pricing
    chosen = effective_options(spec, options)
    parts = started(len(prompt), pricing.per_characters) if pricing.per_characters else 1
    tier = pricing.tier(chosen)
    credits = prices.get(tier, pricing.credits(chosen)) * parts
    breakdown = [{"label": _label(spec, tier, parts), "credits": credits}]
    return Quote(credits, tier, breakdown, pricing.upstream_credits(chosen) * parts)


def _label(spec: ModelSpec, tier: str, parts: int) -> str:
    if spec.pricing.per_characters is None:
        return tier or spec.name
    words = {"parts": parts, "size": f"{spec.pricing.per_characters:,}"}
    return _("%(parts)s × %(size)s characters") % words


def started(length: int, size: int) -> int:
    """How many pieces of `size` are at least begun; an empty text begins one."""
    return max(1, -(-length // size))
