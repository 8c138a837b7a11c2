import uuid
from decimal import Decimal

from django.contrib.auth.models import AbstractUser
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person, made by staff; signs in with a username, spends credits, owns keys and tasks."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    starting_credits: Decimal | None = None  # not a column: what a new person gets instead of the setting

    class Meta:
        db_table = "users"
        verbose_name = _("user")
        verbose_name_plural = _("users")
        indexes = [  # what the admin's list is filtered by; few people are staff, or were closed
            models.Index(fields=["username"], name="people_staff", condition=Q(is_staff=True)),
            models.Index(fields=["username"], name="people_closed", condition=Q(is_active=False)),
            models.Index(fields=["-date_joined"], name="people_newest"),
        ]

    @transaction.atomic  # a new person and the starting grant exist together or not at all
    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)
