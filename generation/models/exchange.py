"""What was said between us and the provider about one task, without what opens doors."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from generation.models.task import GenerationTask


class Exchange(models.Model):
    """A callback as it came, or an answer as it was read; masked before it is written, kept for a while."""

    class Kind(models.TextChoices):
        CALLBACK = "callback", _("callback")
        ORDER = "order", _("answer to the order")
        READING = "reading", _("answer to a question")

    id = models.BigAutoField(primary_key=True)
    task = models.ForeignKey(GenerationTask, on_delete=models.CASCADE, related_name="exchanges")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    outcome = models.CharField(_("outcome"), max_length=40, blank=True)
    status = models.PositiveSmallIntegerField(_("status"), null=True)  # of HTTP; none: nothing came
    text = models.TextField(_("text"), blank=True)
    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)

    class Meta:
        db_table = "generation_exchanges"
        ordering = ["id"]
        verbose_name = _("exchange")
        verbose_name_plural = _("exchanges")

    def __str__(self) -> str:
        return f"{self.kind} {self.status or ''}".strip()
