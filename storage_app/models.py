import uuid

from django.core.files.storage import storages
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from smartspec.lib.due import DueQuerySet, DueRow
from storage_app.keys import MEDIA_TYPE_CHOICES


class PlacedFieldFile(FieldFile):
    """A file whose row says in which storage it lies: `private` or `public`."""

    @property
    def storage(self):
        """Asked anew each time: a row may have moved since its file was first looked at."""
        return storages[self.instance.visibility]

    @storage.setter
    def storage(self, value):
        """Django assigns the field's own storage; the row knows better."""


class PlacedFileField(models.FileField):
    attr_class = PlacedFieldFile


class AssetQuerySet(DueQuerySet):
    def public(self):
        return self.filter(visibility="public")


class RenditionQuerySet(models.QuerySet):
    def public(self):
        return self.filter(asset__visibility="public")


class Asset(DueRow):
    """One stored original and what we know of it; due while renditions are still to be made."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visibility = models.CharField(_("visibility"), max_length=8, default="private")
    file = PlacedFileField(_("file"), max_length=300)
    media_type = models.CharField(_("kind"), max_length=20, choices=MEDIA_TYPE_CHOICES)
    content_type = models.CharField(_("content type"), max_length=100)
    bytes = models.BigIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(_("width"), null=True, blank=True)  # pixels
    height = models.PositiveIntegerField(_("height"), null=True, blank=True)
    duration_ms = models.PositiveIntegerField(_("duration"), null=True, blank=True)
    colour = models.CharField(_("placeholder colour"), max_length=7, blank=True)  # "#rrggbb", the average
    placeholder = models.TextField(blank=True)  # a 16 px WebP as data URI
    peaks = models.JSONField(null=True, blank=True)  # audio: 200 integers, 0..100
    render_all = models.BooleanField(default=False)  # every rendition, or the first thumbnail only
    render_error = models.TextField(blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = AssetQuerySet.as_manager()

    class Meta:
        db_table = "storage_assets"
        verbose_name = _("asset")
        verbose_name_plural = _("assets")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(visibility__in=["private", "public"]), name="asset_visibility"
            ),
            # two rows on one object: deleting one would empty the other
            models.UniqueConstraint(fields=["file"], name="asset_file_once"),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="asset_due", condition=models.Q(due_at__isnull=False)),
            models.Index(fields=["sha256"], name="asset_sha256"),
        ]

    def __str__(self) -> str:
        return self.file.name

    def keys(self) -> list[str]:
        """Every object that it owns: the original first."""
        return [self.file.name, *self.renditions.values_list("file", flat=True)]


class Rendition(models.Model):
    """A picture or clip made from an asset. `role` and `width` name the recipe."""

    class Role(models.TextChoices):
        THUMBNAIL = "thumbnail", _("thumbnail")  # avif and webp in four widths
        POSTER = "poster", _("poster")  # the telling frame of a video, jpeg
        CARD = "card", _("card")  # the drawn waveform of a sound
        SOCIAL = "social", _("social card")  # 1200 x 630 jpeg
        PREVIEW = "preview", _("hover preview")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="renditions")
    role = models.CharField(max_length=10, choices=Role.choices)
    format = models.CharField(max_length=5)  # avif, webp, jpg, mp4
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    bytes = models.PositiveIntegerField()
    file = PlacedFileField(max_length=300)

    objects = RenditionQuerySet.as_manager()

    class Meta:
        db_table = "storage_renditions"
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [
            models.UniqueConstraint(fields=["asset", "role", "format", "width"], name="rendition_once"),
            models.UniqueConstraint(fields=["file"], name="rendition_file_once"),
        ]

    def __str__(self) -> str:
        return self.file.name

    @property
    def visibility(self) -> str:
        return self.asset.visibility


class Deletion(DueRow):
    """An object to be removed from storage: written in the transaction that lets go of it."""

    id = models.BigAutoField(primary_key=True)
    visibility = models.CharField(max_length=8)
    key = models.CharField(max_length=300)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "storage_deletions"
        verbose_name = _("pending deletion")
        verbose_name_plural = _("pending deletions")
        indexes = [
            models.Index(fields=["due_at"], name="deletion_due"),
            models.Index(fields=["key"], name="deletion_key"),
        ]

    def __str__(self) -> str:
        return f"{self.visibility}:{self.key}"
