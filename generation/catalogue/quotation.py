"""What one request costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generation.catalogue.defaults import effective_options
from generation.catalogue.spec import ModelSpec


@dataclass(frozen=True)
class Quote:
    """`breakdown` is a list of {label, credits} that sums up to `credits`; `tier` is "" without tiers."""

    credits: Decimal
    tier: str
    breakdown: list[dict[str, Any]]
    upstream_credits: Decimal


def quote(spec: ModelSpec, prompt: str, options: Mapping[str, Any]) -> Quote:
    pricing = spec.pricing
    chosen = effective_options(spec, options)
    parts = started(len(prompt), pricing.per_characters) if pricing.per_characters else 1
    credits = pricing.credits(chosen) * parts
    tier = pricing.tier(chosen)
    label = (
        f"{parts} × {pricing.per_characters:,} characters" if pricing.per_characters else tier or spec.name
    )
    breakdown = [{"label": label, "credits": credits}]
    return Quote(credits, tier, breakdown, pricing.upstream_credits(chosen) * parts)


def started(length: int, size: int) -> int:
    """How many pieces of `size` are at least begun; an empty text begins one."""
    return max(1, -(-length // size))
