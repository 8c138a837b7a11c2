import uuid

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils import timezone

from smartspec.lib.due import DueQuerySet, DueRow


def private() -> Storage:
    """Asked when needed: where files lie is a setting."""
    return storages["private"]


class ExportQuerySet(DueQuerySet):
    def owned_by(self, user):
        return self.filter(user=user)

    def under_way(self):
        """Being built at this moment."""
        return self.filter(lease_until__gte=timezone.now())


class Export(DueRow):
    """One archive of all that a person has here: due until it is built, then a file for some days."""

    class State(models.TextChoices):
        BUILDING = "building"
        READY = "ready"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports")
    state = models.CharField(max_length=8, choices=State.choices, default=State.BUILDING)
    file = models.FileField(storage=private, max_length=300, blank=True)
    bytes = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        db_table = "account_exports"
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(state="building"), name="export_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="building", due_at__isnull=False)
                | Q(state__in=["ready", "failed"], due_at__isnull=True),
                name="export_building_is_due",
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(expires_at__isnull=False), name="export_ready_ends_one_day"
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="export_due", condition=Q(due_at__isnull=False))]

    def __str__(self) -> str:
        return f"{self.id} ({self.state})"

    @property
    def status(self) -> str:
        """`building`, `ready`, `failed`, or `expired`."""
        return "expired" if self.state == self.State.READY and not self.is_there else self.state

    @property
    def is_there(self) -> bool:
        return self.state == self.State.READY and self.expires_at > timezone.now()
