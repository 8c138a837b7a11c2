"""May this model be used here and now? Flags, keys, switches: asked in one place."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from generation import catalogue
from generation.catalogue import ModelSpec
from generation.models import ModelSwitch


@dataclass(frozen=True)
class Availability:
    """`deprecated_at` and `sunset_at` are what an operator has announced, perhaps for the future."""

    available: bool
    reason: str = ""
    since: datetime | None = None
    deprecated_at: datetime | None = None
    sunset_at: datetime | None = None

    @property
    def is_deprecated(self) -> bool:
        return self.deprecated_at is not None and self.deprecated_at <= timezone.now()


def of(spec: ModelSpec, switch: ModelSwitch | None) -> Availability:
    """`switch` is the model's row if there is one."""
    dates = {"deprecated_at": switch.deprecated_at, "sunset_at": switch.sunset_at} if switch else {}
    if not settings.KIE_AI_API_KEY:
        return Availability(False, str(_("No provider key is configured on this server.")), **dates)
    if switch is not None and not switch.is_on:
        return Availability(False, switch.reason, switch.since, **dates)
    if switch is not None and switch.sunset_at and switch.sunset_at <= timezone.now():
        return Availability(False, str(_("This model is no longer offered.")), switch.sunset_at, **dates)
    if not spec.is_active and switch is None:
        return Availability(False, str(_("The provider does not offer this model at present.")))
    return Availability(True, **dates)


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
