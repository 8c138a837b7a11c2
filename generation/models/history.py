"""What happened to a task, and what it delivered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from generation.models.task import GenerationTask
from storage_app.models import Asset


class TaskEvent(models.Model):
    """History: one row per move, never changed."""

    id = models.BigAutoField(primary_key=True)
    task = models.ForeignKey(GenerationTask, on_delete=models.CASCADE, related_name="events")
    sequence = models.PositiveIntegerField()
    old = models.CharField(max_length=24)
    new = models.CharField(max_length=24)
    who = models.CharField(max_length=100)  # worker, callback, user:<id>, operator:<id>
    why = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "generation_task_events"
        ordering = ["task", "sequence"]
        verbose_name = _("task event")
        verbose_name_plural = _("task events")
        constraints = [models.UniqueConstraint(fields=["task", "sequence"], name="event_once_per_sequence")]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class TaskOutput(models.Model):
    """A delivered file of a task; `number` starts at 1."""

    task = models.ForeignKey(GenerationTask, on_delete=models.CASCADE, related_name="outputs")
    asset = models.OneToOneField(Asset, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)

    class Meta:
        db_table = "generation_outputs"
        ordering = ["number"]
        verbose_name = _("output")
        verbose_name_plural = _("outputs")
        constraints = [models.UniqueConstraint(fields=["task", "number"], name="output_once_per_number")]

    def __str__(self) -> str:
        return f"{self.task_id} #{self.number}"
