"""What an operator should know, and whether it has been said."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from smartspec.lib.due import DueRow


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
                condition=Q(cleared_at=None),
                name="alarm_once_while_raised",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.subject}"


class AlarmNotice(DueRow):
    """One alarm on its way out of the house by one channel: due until it was sent, or given up."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("e-mail")
        WEBHOOK = "webhook", _("webhook")

    id = models.BigAutoField(primary_key=True)
    alarm = models.ForeignKey(Alarm, on_delete=models.CASCADE, related_name="notices")
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    sent_at = models.DateTimeField(_("sent"), null=True)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)

    class Meta:
        db_table = "generation_alarm_notices"
        verbose_name = _("alarm notice")
        verbose_name_plural = _("alarm notices")
        constraints = [models.UniqueConstraint(fields=["alarm", "channel"], name="notice_once_per_channel")]
        indexes = [models.Index(fields=["due_at"], name="notice_due", condition=Q(due_at__isnull=False))]

    def __str__(self) -> str:
        return f"{self.alarm} ({self.channel})"


class BalanceReading(models.Model):
    """Our credit with the provider at one moment, in the provider's credits."""

    id = models.BigAutoField(primary_key=True)
    credits = models.DecimalField(_("credits"), max_digits=14, decimal_places=2)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    closes_books = models.BooleanField(default=True)  # drift is counted from one such reading to the next

    class Meta:
        db_table = "generation_balance_readings"
        ordering = ["-at"]
        verbose_name = _("balance reading")
        verbose_name_plural = _("balance readings")

    def __str__(self) -> str:
        return f"{self.credits}"
