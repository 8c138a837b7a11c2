"""On what terms a model can be used here: its price, and whether it is to end."""

from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _

from gallery import addresses
from gallery.pages import dates
from generation import availability, price_overrides
from generation.catalogue import ModelSpec

REMEMBER_SECONDS = 30


class Terms(NamedTuple):
    price: str
    notice: str


def terms_of(spec: ModelSpec, language: str) -> Terms:
    """In the language of the page; an operator's change shows after REMEMBER_SECONDS."""
    key = f"model-terms:{language}:{spec.id.replace(' ', '-')}"
    return cache.get_or_set(key, lambda: Terms(price(spec), notice(spec)), REMEMBER_SECONDS)


def price(spec: ModelSpec) -> str:
    """`18 credits`, or `from 18 to 24 credits` where options cost more."""
    ours = price_overrides.of(spec.id)
    base = price_overrides.base_credits(spec, ours)
    prices = sorted({base, *(price_overrides.tiers(spec, ours) or {}).values()})
    lowest, highest = (f"{each.normalize():f}" for each in (prices[0], prices[-1]))
    if lowest == highest:
        return _("%(credits)s credits") % {"credits": lowest}
    return _("%(lowest)s to %(highest)s credits") % {"lowest": lowest, "highest": highest}


def notice(spec: ModelSpec) -> str:
    """That the model will end, or has ended, or cannot be used at present; empty when all is well."""
    answer = availability.now(spec)
    if answer.sunset_at and answer.sunset_at <= timezone.now():
        return _("Offered until %(date)s.") % {"date": dates.spoken(answer.sunset_at, addresses.current())}
    if not answer.available and settings.KIE_AI_API_KEY:
        return _("This model cannot be used at present.")
    if answer.sunset_at:
        return _("This model is offered until %(date)s.") % {
            "date": dates.spoken(answer.sunset_at, addresses.current())
        }
    if answer.is_deprecated:
        return _("This model is deprecated: better choose another one.")
    return ""
