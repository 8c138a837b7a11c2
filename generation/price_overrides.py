"""An operator's prices in the place of the catalogue's: set with a reason, never below cost by accident."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from generation import catalogue
from generation.catalogue import ModelSpec
from generation.errors import BelowCost, NoSuchTier, ReasonMissing
from generation.models import PriceOverride

Prices = Mapping[str, Decimal]  # by tier


def standing() -> dict[str, dict[str, Decimal]]:
    """Of all models that have any."""
    found: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for row in PriceOverride.objects.standing().exclude(credits=None):
        found[row.model_id][row.tier] = charged(row)
    return found


def of(model_id: str) -> dict[str, Decimal]:
    rows = PriceOverride.objects.standing().filter(model_id=model_id).exclude(credits=None)
    return {row.tier: charged(row) for row in rows}


def charged(row: PriceOverride) -> Decimal:
    """What the provider takes may have risen since."""
    spec = catalogue.get_model(row.model_id)
    cost = spec.pricing.costs.get(row.tier) if spec else None
    return row.credits if row.is_below_cost or cost is None else max(row.credits, cost)


def tiers(spec: ModelSpec, prices: Prices) -> dict[str, Decimal] | None:
    """The catalogue's tiers with these prices; None where all requests cost the same."""
    listed = spec.pricing_tiers
    return listed and {tier: prices.get(tier, credits) for tier, credits in listed.items()}


def base_credits(spec: ModelSpec, prices: Prices) -> Decimal:
    """The price of a request that names no option."""
    tier = spec.pricing.tier(catalogue.effective_options(spec, {}))
    return prices.get(tier, spec.base_credits)


def set_price(
    *, spec: ModelSpec, tier: str, credits: Decimal | None, reason: str, by: User, below_cost: bool = False
) -> PriceOverride:
    """From now on; `credits` None goes back to the catalogue. Tasks that were quoted keep their quote.

    Raises NoSuchTier, ReasonMissing, and BelowCost unless `below_cost` says that it is meant.
    """
    require(spec=spec, tier=tier, credits=credits, reason=reason, below_cost=below_cost)
    is_below = credits is not None and credits < spec.pricing.costs[tier]
    with transaction.atomic():
        mine = PriceOverride.objects.filter(model_id=spec.id, tier=tier)
        mine.standing().update(until=timezone.now())
        return PriceOverride.objects.create(
            model_id=spec.id, tier=tier, credits=credits, is_below_cost=is_below, reason=reason.strip(), by=by
        )


def require(*, spec: ModelSpec, tier: str, credits: Decimal | None, reason: str, below_cost: bool) -> None:
    """Raise what `set_price` would."""
    if tier not in spec.pricing.costs:
        raise NoSuchTier
    if not reason.strip():
        raise ReasonMissing
    if credits is not None and credits < spec.pricing.costs[tier] and not below_cost:
        raise BelowCost
