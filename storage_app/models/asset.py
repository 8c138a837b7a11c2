"""One stored original, and what is known of it."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from smartspec.lib.due import DueQuerySet, DueRow
from storage_app import derivatives
from storage_app.keys import MEDIA_TYPE_CHOICES
from storage_app.models.placed_file import PlacedFileField


class AssetQuerySet(DueQuerySet):
    def public(self):
        return self.filter(visibility="public")

    def unseen(self):
        """Works of which nobody has remembered yet how they look, or works that cannot be found by it."""
        to_see = self.filter(media_type__in=["image", "video"], is_foreign=False)
        forgotten = models.Q(likeness__isnull=False, render_all=True, bands=None)
        return to_see.filter(models.Q(likeness=None) | forgotten)

    def in_pages(self, size: int):
        """Every row, `size` of them at a time in the order of their ids: no cursor stays open meanwhile."""
        rows, last = self.order_by("pk"), None
        while page := list((rows if last is None else rows.filter(pk__gt=last))[:size]):
            yield from page
            last = page[-1].pk


class Asset(DueRow):
    """One stored original and what we know of it; due while renditions are still to be made."""

    class Marking(models.TextChoices):
        """Does a published file say that a machine made it? Empty: it was never asked to."""

        MARKED = "marked", _("marked by us")
        ALREADY = "already", _("said so when it came")
        UNMARKED = "unmarked", _("could not be marked")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visibility = models.CharField(_("visibility"), max_length=8, default="private")
    file = PlacedFileField(_("file"), max_length=300)
    media_type = models.CharField(_("kind"), max_length=20, choices=MEDIA_TYPE_CHOICES)
    content_type = models.CharField(_("content type"), max_length=100)
    bytes = models.BigIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64)
    # of the bytes as their maker sent them, where the stored ones were stripped or marked since
    source_sha256 = models.CharField(max_length=64, blank=True)
    width = models.PositiveIntegerField(_("width"), null=True, blank=True)  # pixels
    height = models.PositiveIntegerField(_("height"), null=True, blank=True)
    duration_ms = models.PositiveIntegerField(_("duration"), null=True, blank=True)
    colour = models.CharField(_("placeholder colour"), max_length=7, blank=True)  # "#rrggbb", the average
    placeholder = models.TextField(blank=True)  # a 16 px WebP as data URI
    peaks = models.JSONField(null=True, blank=True)  # audio: 200 integers, 0..100
    likeness = models.BigIntegerField(null=True, blank=True)  # 64 bits that similar pictures share
    made_with = models.CharField(_("made with"), max_length=100, blank=True)  # name of the model
    made_at = models.DateTimeField(_("made"), null=True, blank=True)
    is_composite = models.BooleanField(_("made from other pictures"), default=False)
    is_foreign = models.BooleanField(_("made elsewhere"), default=False)  # sent, or a copy of that
    marking = models.CharField(_("mark of its making"), max_length=8, choices=Marking.choices, blank=True)
    render_all = models.BooleanField(default=False)  # every rendition, or the first thumbnail only
    render_error = models.TextField(blank=True)
    recipe = models.PositiveSmallIntegerField(default=1)  # by which its thumbnails are made
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
            models.Index(
                fields=["source_sha256"], name="asset_source", condition=~models.Q(source_sha256="")
            ),
        ]

    def __str__(self) -> str:
        return self.file.name

    def keys(self) -> list[str]:
        """Every object that it owns: the original first."""
        return [self.file.name, *self.renditions.values_list("file", flat=True)]

    def outdated_keys(self) -> list[str]:
        """Where thumbnails by other recipes lay, which the outbox may still be keeping for a while."""
        return [
            one.key(self.pk)
            for recipe in derivatives.RECIPES
            if recipe != self.recipe
            for one in derivatives.every(self.media_type, self.width, recipe=recipe)
            if one.has_size
        ]
