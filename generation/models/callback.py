"""What came to the provider's door, as numbers; what was believed of it is an Exchange of its task."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CallbackCount(models.Model):
    """How many callbacks of one day (UTC) were taken in one way."""

    class Outcome(models.TextChoices):
        HEEDED = "heeded", _("heeded: woke a reading")
        NOT_NEEDED = "not needed", _("not needed: repeated, or the task had ended")
        UNKNOWN = "unknown", _("not believed: task or token")
        UNSIGNED = "unsigned", _("not believed: signature")

    id = models.BigAutoField(primary_key=True)
    day = models.DateField(_("day"))
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices)
    count = models.PositiveIntegerField(_("count"), default=0)

    class Meta:
        db_table = "generation_callback_counts"
        ordering = ["-day", "outcome"]
        verbose_name = _("callbacks of a day")
        verbose_name_plural = _("callbacks by day")
        constraints = [models.UniqueConstraint(fields=["day", "outcome"], name="callbacks_once_per_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.outcome}: {self.count}"
