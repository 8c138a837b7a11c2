"""Whom to tell what became of a task, and whether they have heard it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import ApiKey
from generation.models.task import GenerationTask
from smartspec.lib.due import DueQuerySet, DueRow

LONGEST_URL = 2000


class TaskWebhook(models.Model):
    """The address that the order of one task named."""

    task = models.OneToOneField(
        GenerationTask, on_delete=models.CASCADE, primary_key=True, related_name="webhook"
    )
    url = models.CharField(max_length=LONGEST_URL)

    class Meta:
        db_table = "generation_task_webhooks"

    def __str__(self) -> str:
        return f"webhook of {self.task_id}"


class KeyWebhook(models.Model):
    """The address for every task that was ordered with this key and names none itself."""

    api_key = models.OneToOneField(ApiKey, on_delete=models.CASCADE, primary_key=True, related_name="+")
    url = models.CharField(max_length=LONGEST_URL)

    class Meta:
        db_table = "generation_key_webhooks"

    def __str__(self) -> str:
        return f"webhook of {self.api_key_id}"


class WebhookSecret(models.Model):
    """What a person's deliveries are signed with. For a day after a rotation the old one signs too."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    secret = models.CharField(
        max_length=80
    )  # whsec_ and base64; kept as it is, since both sides sign with it
    created_at = models.DateTimeField(default=timezone.now)
    previous = models.CharField(max_length=80, blank=True)
    previous_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "generation_webhook_secrets"

    def __str__(self) -> str:
        return f"webhook secret of {self.user_id}"


class DeliveryQuerySet(DueQuerySet):
    def owned_by(self, user):
        return self.filter(user=user)

    def under_way(self):
        """Being sent at this moment."""
        return self.filter(lease_until__gte=timezone.now())


class WebhookDelivery(DueRow):
    """One message to one address; `body` is sent byte for byte, however often."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DELIVERED = "delivered", _("delivered")
        GIVEN_UP = "given_up", _("given up")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    task = models.ForeignKey(GenerationTask, on_delete=models.CASCADE, related_name="webhook_deliveries")
    event = models.CharField(_("event"), max_length=30)
    url = models.CharField(_("address"), max_length=LONGEST_URL)
    body = models.TextField(_("message"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    last_status = models.PositiveSmallIntegerField(_("last status"), null=True)  # none: no answer came
    last_error = models.CharField(_("last error"), max_length=20, blank=True)  # a word of `sending`
    last_attempt_at = models.DateTimeField(_("last attempt"), null=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        db_table = "generation_webhook_deliveries"
        ordering = ["-created_at", "-id"]
        verbose_name = _("webhook delivery")
        verbose_name_plural = _("webhook deliveries")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", due_at__isnull=False)
                | Q(state__in=["delivered", "given_up"], due_at__isnull=True),
                name="delivery_waiting_is_due",
            )
        ]
        indexes = [
            models.Index(fields=["due_at"], name="delivery_due", condition=Q(due_at__isnull=False)),
            models.Index(fields=["user", "-created_at", "-id"], name="delivery_log"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.id}"
