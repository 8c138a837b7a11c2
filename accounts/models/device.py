import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class DeviceGrantQuerySet(models.QuerySet):
    def running(self):
        return self.filter(expires_at__gt=timezone.now())

    def undecided(self):
        return self.running().filter(state=DeviceGrant.State.PENDING)


class DeviceGrant(models.Model):
    """A device that asks to be let in (RFC 8628). Both of its codes are kept as digests only."""

    class State(models.TextChoices):
        PENDING = "pending"
        APPROVED = "approved"
        DENIED = "denied"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    device_digest = models.CharField(max_length=64, unique=True)
    user_digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=100)  # what the device calls itself; becomes the key's name
    address = models.CharField(max_length=64)  # where it asks from, shown before anybody approves
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)
    polled_at = models.DateTimeField(null=True)
    interval = models.PositiveSmallIntegerField()  # seconds between polls; grows when it asks too often

    objects = DeviceGrantQuerySet.as_manager()

    class Meta:
        db_table = "device_grants"

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"
