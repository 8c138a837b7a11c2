"""May this model be used here and now? Flags, keys, switches: asked in one place."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from generation import catalogue
from generation.catalogue import ModelSpec
from generation.errors import FeatureDisabled, ModelUnavailable
from generation.models import ModelSwitch


@dataclass(frozen=True)
class Availability:
    available: bool
    reason: str = ""
    since: datetime | None = None


def of(spec: ModelSpec, switch: ModelSwitch | None) -> Availability:
    """`switch` is the model's row if there is one."""
    if not settings.KIE_AI_API_KEY:
        return Availability(False, str(_("No provider key is configured on this server.")))
    if switch is not None and not switch.is_on:
        return Availability(False, switch.reason, switch.since)
    if not spec.is_active and switch is None:
        return Availability(False, str(_("The provider does not offer this model at present.")))
    return Availability(True)


def require(spec: ModelSpec) -> None:
    """Raise the error that a caller of this model must see now, if any."""
    if not settings.ENABLE[spec.media_type]:
        raise FeatureDisabled
    answer = now(spec)
    if not answer.available:
        raise ModelUnavailable(
            _("%(name)s: %(reason)s Nothing was charged.") % {"name": spec.name, "reason": answer.reason}
        )


def listed() -> list[tuple[ModelSpec, Availability]]:
    """Every model of the enabled kinds with its availability."""
    switches = ModelSwitch.objects.in_bulk()
    return [
        (spec, of(spec, switches.get(spec.id)))
        for spec in catalogue.ALL_MODELS.values()
        if settings.ENABLE[spec.media_type]
    ]


def switch_off(model_id: str, *, reason: str) -> None:
    ModelSwitch.objects.update_or_create(pk=model_id, defaults={"is_on": False, "reason": reason[:300]})


def now(spec: ModelSpec) -> Availability:
    return of(spec, ModelSwitch.objects.filter(pk=spec.id).first())
