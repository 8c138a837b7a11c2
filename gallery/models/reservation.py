import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from generation.models import GenerationTask
from smartspec.lib.due import DueRow


class Reservation(DueRow):
    """A place kept for a work that is still being generated; the item comes with the bytes.

    `item_id` is promised to the caller. The completed task makes the row due at once; until then it
    looks at its task now and then, so that no lost signal can strand it. A failed task removes it.
    """

    id = models.BigAutoField(primary_key=True)
    task = models.OneToOneField(GenerationTask, on_delete=models.CASCADE, related_name="reservation")
    item_id = models.UUIDField(default=uuid.uuid4, unique=True)
    fields = models.JSONField(default=dict)  # what the item will say: title, description, categories (ids) …
    approve = models.BooleanField(default=False)
    error = models.TextField(_("error"), blank=True)  # why we gave up
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "gallery_reservations"
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")
        indexes = [models.Index(fields=["due_at"], name="reservation_due")]

    def __str__(self) -> str:
        return f"{self.item_id} for {self.task_id}"
