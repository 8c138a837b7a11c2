from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gallery.models.item import Item
from gallery.models.report import Report


class Sitting(models.Model):
    """Somebody is judging this work: until then nobody else does. One work at a time for each person."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, primary_key=True, related_name="sitting")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()

    class Meta:
        db_table = "gallery_sittings"
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        default_permissions = ()
        permissions = [("moderate", _("Can judge works at the moderation desk"))]

    def __str__(self) -> str:
        return f"{self.item_id} by {self.by_id}"


class ReportOutcome(models.Model):
    """What came of a report: who closed it, how, and what they noted for colleagues."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("upheld: the work was taken down or changed")
        DISMISSED = "dismissed", _("dismissed: nothing is wrong")
        DUPLICATE = "duplicate", _("already dealt with")

    report = models.OneToOneField(Report, on_delete=models.CASCADE, primary_key=True, related_name="outcome")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    note = models.CharField(_("note"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        db_table = "gallery_report_outcomes"
        verbose_name = _("outcome of a report")
        verbose_name_plural = _("outcomes of reports")
        default_permissions = ()

    def __str__(self) -> str:
        return self.get_outcome_display()
