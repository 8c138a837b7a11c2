"""What the API says of models and prices, as plain dicts."""

from decimal import Decimal

from accounts.models import User
from generation import outlook, price_overrides
from generation.api.documents import moment, number
from generation.availability import Availability
from generation.catalogue import ModelSpec
from generation.price_overrides import Prices
from generation.services import Order


def model_document(spec: ModelSpec, availability: Availability, prices: Prices) -> dict:
    """`prices` are this model's overrides by tier."""
    tiers = price_overrides.tiers(spec, prices)
    return {
        "id": spec.id,
        "name": spec.name,
        "provider": spec.provider,
        "media_type": spec.media_type,
        "description": spec.description,
        "status": status(spec, availability),
        "is_active": spec.is_active and availability.available,
        "is_beta": spec.is_beta,
        "is_featured": spec.is_featured,
        "tags": list(spec.tags),
        "supports_image_input": spec.supports_image_input,
        "supports_video_input": spec.supports_video_input,
        "max_prompt_length": spec.max_prompt_length,
        "aspect_ratios": spec.aspect_ratios,
        "resolutions": spec.resolutions,
        "durations": spec.durations,
        "output_formats": spec.output_formats,
        "base_credits": number(price_overrides.base_credits(spec, prices)),
        "pricing_tiers": {name: number(credits) for name, credits in tiers.items()} if tiers else None,
        "availability": {
            "available": availability.available,
            "reason": availability.reason or None,
            "since": moment(availability.since),
        },
        "deprecated_at": moment(availability.deprecated_at),
        "sunset_at": moment(availability.sunset_at),
    }


def status(spec: ModelSpec, availability: Availability) -> str:
    if not availability.available:
        return "maintenance"
    return "deprecated" if availability.is_deprecated else spec.status


def quote_document(order: Order, user: User, available: Decimal) -> dict:
    """`eta_ms` is the wait for a turn and the usual time; None while nothing was measured."""
    quote = order.quote
    return {
        "model_id": order.spec.id,
        "credits": number(quote.credits),
        "breakdown": [
            {"label": part["label"], "credits": number(part["credits"])} for part in quote.breakdown
        ],
        "available_after": number(available - quote.credits),
        "eta_ms": outlook.eta_of_new(user.pk, order.spec.id, quote.tier),
    }
