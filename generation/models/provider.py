"""What we remember of the provider: its models, its pace, its troubles."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ModelSwitch(models.Model):
    """A model turned off (or back on) by an operator or by the provider's refusal. No row: on."""

    model_id = models.CharField(_("model"), max_length=100, primary_key=True)
    is_on = models.BooleanField(_("on"), default=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    since = models.DateTimeField(_("since"), auto_now=True)

    class Meta:
        db_table = "generation_model_switches"
        verbose_name = _("model switch")
        verbose_name_plural = _("model switches")

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


class Alarm(models.Model):
    """Something that an operator should know; the same thing again raises the count, not a new row."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(_("kind"), max_length=40)
    subject = models.CharField(_("subject"), max_length=200)
    detail = models.TextField(_("detail"), blank=True)
    count = models.PositiveIntegerField(_("count"), default=1)
    raised_at = models.DateTimeField(_("first seen"), auto_now_add=True)
    last_at = models.DateTimeField(_("last seen"), auto_now=True)
    cleared_at = models.DateTimeField(_("cleared"), null=True, blank=True)

    class Meta:
        db_table = "generation_alarms"
        ordering = ["-last_at"]
        verbose_name = _("alarm")
        verbose_name_plural = _("alarms")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=models.Q(cleared_at=None),
                name="alarm_once_while_raised",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.subject}"


class BalanceReading(models.Model):
    """Our credit with the provider at one moment, in the provider's credits."""

    id = models.BigAutoField(primary_key=True)
    credits = models.DecimalField(_("credits"), max_digits=14, decimal_places=2)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        db_table = "generation_balance_readings"
        ordering = ["-at"]
        verbose_name = _("balance reading")
        verbose_name_plural = _("balance readings")

    def __str__(self) -> str:
        return f"{self.credits}"


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
