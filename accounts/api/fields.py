"""Fields of the API that DRF has no exact word for."""

from datetime import UTC
from decimal import Decimal

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


@extend_schema_field({"type": "number", "multipleOf": 0.01, "examples": [18, 209.5]})
class CreditsField(serializers.DecimalField):
    """Credits: a Decimal inside, a JSON number with at most two decimals outside (18, 209.5).

    Input must be a number too: a string that looks like one is refused.
    """

    def __init__(self, **kwargs):
        kwargs.setdefault("max_digits", 12)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(coerce_to_string=False, **kwargs)

    def to_internal_value(self, data) -> Decimal:
        if isinstance(data, bool) or not isinstance(data, int | float | Decimal):
            self.fail("invalid")
        return super().to_internal_value(data)

    def to_representation(self, value) -> int | float:
        """The float is only written down, never computed with: two decimals survive it exactly."""
        amount = super().to_representation(value)
        return int(amount) if amount == amount.to_integral_value() else float(amount)


class Moment(serializers.DateTimeField):
    """RFC 3339 in UTC, whatever the site's own time zone."""

    def __init__(self, **kwargs):
        super().__init__(default_timezone=UTC, **kwargs)
