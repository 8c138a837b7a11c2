"""What an operator has made of one model, its switch and its prices, read in one query for an order."""

from decimal import Decimal
from typing import NamedTuple

from django.conf import settings
from django.db.models import BooleanField, CharField, DecimalField, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from generation import availability, price_overrides
from generation.availability import Availability
from generation.catalogue import ModelSpec
from generation.errors import FeatureDisabled, ModelUnavailable
from generation.models import ModelSwitch, PriceOverride
from smartspec.lib.prepared import Given, Prepared

MODEL = Given("model", CharField())
NO_PRICE = Cast(Value(None), DecimalField(max_digits=10, decimal_places=2))


class Offer(NamedTuple):
    """`prices` by tier: only those that an operator has set."""

    availability: Availability
    prices: dict[str, Decimal]


def require(spec: ModelSpec) -> Offer:
    """Raise the error that a caller of this model must see now, if any; else what it is offered for."""
    if not settings.ENABLE[spec.media_type]:
        raise FeatureDisabled
    offer = now(spec)
    if not offer.availability.available:
        reason = offer.availability.reason
        raise ModelUnavailable(
            _("%(name)s: %(reason)s Nothing was charged.") % {"name": spec.name, "reason": reason}
        )
    return offer


def now(spec: ModelSpec) -> Offer:
    """Two tables in one statement: an order waits for every round trip."""
    switch, prices = None, {}
    for is_switch, flag, text, since, deprecated_at, sunset_at, credits in _rows.rows(model=spec.id):
        if is_switch:
            dates = {"since": since, "deprecated_at": deprecated_at, "sunset_at": sunset_at}
            switch = ModelSwitch(model_id=spec.id, is_on=flag, reason=text, **dates)
        else:
            row = PriceOverride(model_id=spec.id, tier=text, credits=credits, is_below_cost=flag)
            prices[row.tier] = price_overrides.charged(row)
    return Offer(availability.of(spec, switch), prices)


@Prepared
def _rows() -> QuerySet:
    switches = ModelSwitch.objects.filter(pk=MODEL).values_list(
        Value(True, BooleanField()), "is_on", "reason", "since", "deprecated_at", "sunset_at", NO_PRICE
    )
    standing = PriceOverride.objects.standing().filter(model_id=MODEL).exclude(credits=None)
    prices = standing.order_by().values_list(  # `until` of a price that stands is empty
        Value(False, BooleanField()), "is_below_cost", "tier", "since", "until", "until", "credits"
    )
    return switches.union(prices, all=True)
