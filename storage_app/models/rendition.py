"""What is made from an original."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from storage_app.models.asset import Asset
from storage_app.models.placed_file import PlacedFileField


class RenditionQuerySet(models.QuerySet):
    def public(self):
        return self.filter(asset__visibility="public")


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
