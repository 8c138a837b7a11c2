from django.db import models
from django.utils.translation import gettext_lazy as _

from gallery.models.item import Item


class Report(models.Model):
    """Somebody says that something is wrong here. Nothing happens by itself, however many say so."""

    class Reason(models.TextChoices):
        COPYRIGHT = "copyright", _("It uses my work or brand")
        LIKENESS = "likeness", _("It shows me or somebody else")
        SEXUAL = "sexual", _("Sexual content")
        VIOLENCE = "violence", _("Violence or cruelty")
        HATE = "hate", _("Hate or insult")
        MISLEADING = "misleading", _("Deception or false news")
        UNLAWFUL = "unlawful", _("Against the law")
        OTHER = "other", _("Something else")

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(Item, on_delete=models.SET_NULL, null=True, blank=True, related_name="reports")
    url = models.CharField(_("address"), max_length=500, blank=True)  # as given, where no item was named
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices)
    text = models.TextField(_("what is wrong"), blank=True)
    contact = models.CharField(_("contact"), max_length=254, blank=True)
    created_at = models.DateTimeField(_("received"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        db_table = "gallery_reports"
        ordering = ["-created_at", "-id"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        indexes = [
            models.Index(fields=["-created_at"], name="report_open", condition=models.Q(closed_at=None)),
            models.Index(fields=["-created_at", "-id"], name="report_latest"),
            models.Index(fields=["reason", "-created_at"], name="report_for"),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()
