import uuid

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from smartspec.lib.due import DueQuerySet, DueRow
from storage_app import derivatives, keys
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


class RenditionQuerySet(models.QuerySet):
    def public(self):
        return self.filter(asset__visibility="public")


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
    account = models.UUIDField(null=True, blank=True)  # whose it was, where that is known
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "storage_deletions"
        verbose_name = _("pending deletion")
        verbose_name_plural = _("pending deletions")
        indexes = [
            models.Index(fields=["due_at"], name="deletion_due"),
            models.Index(fields=["key"], name="deletion_key"),
            models.Index(
                fields=["account"], name="deletion_account", condition=models.Q(account__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visibility}:{self.key}"


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


class LikenessBand(models.Model):
    """A quarter of a published work's likeness: works whose likenesses nearly agree share one of them."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="bands")
    place = models.PositiveSmallIntegerField()  # 0..3
    bits = models.PositiveIntegerField()  # 0..65535

    class Meta:
        db_table = "storage_likeness"
        constraints = [models.UniqueConstraint(fields=["asset", "place"], name="likeness_band_once")]
        indexes = [models.Index(fields=["bits", "place"], name="likeness_bits")]

    def __str__(self) -> str:
        return f"{self.place}:{self.bits:04x}"


class Certificate(DueRow):
    """An account was closed, and no object of its owner's lies in storage any more; due until that is so."""

    account = models.UUIDField(_("account"), primary_key=True, editable=False)
    objects_removed = models.PositiveIntegerField(_("objects removed"), default=0)
    requested_at = models.DateTimeField(_("requested"), auto_now_add=True)
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)

    class Meta:
        db_table = "storage_certificates"
        verbose_name = _("certificate of deletion")
        verbose_name_plural = _("certificates of deletion")
        indexes = [
            models.Index(fields=["due_at"], name="certificate_due", condition=models.Q(due_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return str(self.account)
