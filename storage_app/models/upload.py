"""What people send."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from smartspec.lib.due import DueQuerySet, DueRow
from storage_app import keys
from storage_app.models.asset import Asset


class UploadQuerySet(DueQuerySet):
    def owned_by(self, user):
        return self.filter(owner=user)

    def stored(self):
        return self.filter(state=Upload.State.STORED)


class Upload(DueRow):
    """A file that a person sends: promised, then stored, then gone; due when it may be cleared away."""

    class State(models.TextChoices):
        ISSUED = "issued", _("issued")  # a place was promised; no byte of it is trusted yet
        STORED = "stored", _("stored")
        GONE = "gone", _("gone")  # deleted, refused or abandoned

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="uploads")
    state = models.CharField(_("status"), max_length=6, choices=State.choices, default=State.ISSUED)
    asset = models.OneToOneField(
        Asset, on_delete=models.SET_NULL, null=True, blank=True, related_name="upload"
    )
    name = models.CharField(_("file name"), max_length=255, blank=True)  # as its owner calls it
    content_type = models.CharField(_("content type"), max_length=100)
    ext = models.CharField(max_length=5)
    bytes = models.BigIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64, blank=True)  # as announced
    expires_at = models.DateTimeField(_("expires"))  # of the right to put bytes
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        db_table = "storage_uploads"
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="stored", asset__isnull=False)
                | models.Q(state__in=["issued", "gone"], asset=None),
                name="upload_stored_with_asset",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "state"], name="upload_owner_state"),
            models.Index(fields=["due_at"], name="upload_due", condition=models.Q(due_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        return keys.upload(self.owner_id, self.pk, self.ext)

    @property
    def staging_key(self) -> str:
        return keys.staging(self.pk, self.ext)
