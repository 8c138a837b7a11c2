"""What we remember of the provider: its models, its pace, its troubles."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ModelSwitch(models.Model):
    """A model turned off (or back on) by an operator or by the provider's refusal. No row: on."""

    model_id = models.CharField(_("model"), max_length=100, primary_key=True)
    is_on = models.BooleanField(_("on"), default=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    since = models.DateTimeField(_("since"), auto_now=True)
    deprecated_at = models.DateTimeField(
        _("deprecated from"), null=True, blank=True, help_text=_("From then on callers are told to move on.")
    )
    sunset_at = models.DateTimeField(
        _("ends on"), null=True, blank=True, help_text=_("From then on the model takes no more requests.")
    )

    class Meta:
        db_table = "generation_model_switches"
        verbose_name = _("model switch")
        verbose_name_plural = _("model switches")
        constraints = [
            models.CheckConstraint(
                condition=Q(sunset_at=None) | Q(sunset_at__gte=F("deprecated_at")),
                name="switch_ends_after_its_notice",
            )
        ]

    def __str__(self) -> str:
        return f"{self.model_id} {'on' if self.is_on else 'off'}"


class Breaker(models.Model):
    """Trouble with one model (or, as `*`, with our account): while open, nothing is ordered."""

    subject = models.CharField(_("model"), max_length=100, primary_key=True)
    strikes = models.PositiveSmallIntegerField(default=0)
    first_strike_at = models.DateTimeField(null=True, blank=True)
    open_until = models.DateTimeField(_("open until"), null=True, blank=True)

    class Meta:
        db_table = "generation_breakers"
        verbose_name = _("breaker")
        verbose_name_plural = _("breakers")

    def __str__(self) -> str:
        return self.subject


class Slot(models.Model):
    """One of the N calls that the provider allows per window; taken by compare-and-set on `used_at`."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    used_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.id}"


class CreateSlot(Slot):
    """Room for one order."""

    class Meta:
        db_table = "generation_create_slots"
        verbose_name = _("create slot")
        verbose_name_plural = _("create slots")


class PollSlot(Slot):
    """Room for one reading."""

    class Meta:
        db_table = "generation_poll_slots"
        verbose_name = _("poll slot")
        verbose_name_plural = _("poll slots")
