import uuid

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gallery.models import indexing
from gallery.models.category import Category
from generation.models import GenerationTask
from storage_app.keys import MEDIA_TYPE_CHOICES
from storage_app.models import Asset

ON_THE_WEB = URLValidator(["https", "http"])


class ItemQuerySet(models.QuerySet):
    def public(self):
        """What the world may see. The only question of visibility, asked by page, API, feed and sitemap."""
        return self.filter(status="approved", is_public=True)

    def general(self):
        """Fit for lists, feeds, sitemaps and cards."""
        return self.filter(rating="general")

    def listed(self):
        """What lists, feeds and sitemaps show."""
        return self.public().general()

    def indexable(self, language: str):
        """What search engines are sent to in that language."""
        return self.filter(indexing.condition(language, self.model))

    def with_indexing(self):
        """With the rule about indexing that other works have a say in; `gallery.indexing` reads the rest."""
        first = indexing.is_first_of_its_kind(settings.LANGUAGE_CODE, self.model)
        return self.annotate(is_first_of_its_kind=indexing.as_column(first))

    def pending(self):
        return self.filter(status="pending")

    def newest(self):
        return self.order_by("-published_at", "-id")


class Item(models.Model):
    """A work in the gallery, from waiting for moderation to shown (or gone)."""

    class Status(models.TextChoices):
        PENDING = "pending", _("pending")
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("rejected")
        WITHDRAWN = "withdrawn", _("withdrawn")
        REMOVED = "removed", _("removed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    generation_task = models.ForeignKey(
        GenerationTask, on_delete=models.SET_NULL, null=True, blank=True, related_name="gallery_items"
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.PENDING)
    rating = models.CharField(
        _("rating"),
        max_length=9,
        choices=[("general", _("general")), ("sensitive", _("sensitive"))],
        default="general",
    )

    # Content, in the item's own language; the other language stands in `translations`
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="en")
    title = models.CharField(_("title"), max_length=255)
    description = models.TextField(_("description"), blank=True)
    alt_text = models.CharField(_("alt text"), max_length=500, blank=True)
    translations = models.JSONField(
        _("translations"), default=dict, blank=True
    )  # {"th": {title, description, alt_text}}
    media_type = models.CharField(_("kind"), max_length=20, choices=MEDIA_TYPE_CHOICES)
    media = models.OneToOneField(Asset, on_delete=models.PROTECT, null=True, related_name="item")
    prompt = models.TextField(_("prompt"), blank=True)
    show_prompt = models.BooleanField(_("show the prompt"), default=True)
    model_id = models.CharField(_("model"), max_length=100, blank=True)
    options = models.JSONField(default=dict, blank=True)  # the generation options worth showing
    card = models.JSONField(default=dict, blank=True, editable=False)  # all that a list needs, without a join

    # Search engines
    slug = models.CharField(_("slug"), max_length=255, unique=True)
    meta_title = models.CharField(_("meta title"), max_length=255, blank=True)
    meta_description = models.TextField(_("meta description"), blank=True)
    keywords = models.JSONField(_("keywords"), default=list, blank=True)

    # Rights, said only where somebody filled them in: what a machine made may belong to nobody
    license_url = models.CharField(
        _("page of the licence"), max_length=500, blank=True, validators=[ON_THE_WEB]
    )
    acquire_url = models.CharField(
        _("page where a licence is to be had"), max_length=500, blank=True, validators=[ON_THE_WEB]
    )
    credit_text = models.CharField(_("credit line"), max_length=255, blank=True)
    copyright_notice = models.CharField(_("copyright notice"), max_length=255, blank=True)

    # Display
    is_featured = models.BooleanField(_("featured"), default=False)
    is_public = models.BooleanField(_("public"), default=True)
    display_order = models.IntegerField(_("order"), default=0)
    categories = models.ManyToManyField(Category, through="ItemCategory", related_name="items")

    # Origin: the work that its task started from, kept apart from tasks, which their owners may delete
    made_from = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="made_here",
        verbose_name=_("made from"),
        editable=False,
    )

    # People and time
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="gallery_items",
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    published_at = models.DateTimeField(
        _("published"), null=True, blank=True
    )  # first shown; orders every list
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        db_table = "gallery_items"
        ordering = ["-created_at"]
        verbose_name = _("gallery item")
        verbose_name_plural = _("gallery items")
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="item_approval_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(status="approved") | Q(approved_at__isnull=False, media__isnull=False),
                name="item_approved_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(status="approved", is_public=True) | Q(published_at__isnull=False),
                name="item_shown_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(rating="sensitive", is_featured=True), name="item_sensitive_never_featured"
            ),
        ]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                name="item_newest",
                condition=Q(status="approved", is_public=True),
            ),
            models.Index(
                fields=["media_type", "-published_at", "-id"],
                name="item_newest_of_kind",
                condition=Q(status="approved", is_public=True),
            ),
            models.Index(fields=["is_public", "is_featured"], name="item_featured"),
            models.Index(fields=["status", "created_at"], name="item_queue"),
            models.Index(fields=["-created_at"], name="item_latest"),
            models.Index(fields=["media_type", "-created_at"], name="item_latest_of_kind"),
            models.Index(fields=["language", "-created_at"], name="item_latest_in"),
            models.Index(fields=["-created_at"], name="item_latest_featured", condition=Q(is_featured=True)),
            models.Index(
                fields=["-created_at"], name="item_latest_sensitive", condition=Q(rating="sensitive")
            ),
            models.Index(
                (F("display_order") * -1).desc(),
                F("published_at").desc(),
                F("id").desc(),
                name="item_featured_order",
                condition=Q(status="approved", is_public=True, is_featured=True),
            ),
            models.Index(fields=["model_id", "-published_at"], name="item_by_model"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_shown(self) -> bool:
        return self.status == self.Status.APPROVED and self.is_public

    @property
    def is_listed(self) -> bool:
        return self.is_shown and self.rating == "general"

    def text(self, name: str, language: str) -> str:
        """`title`, `description` or `alt_text` in `language`; empty when there is none."""
        if language == self.language:
            return getattr(self, name)
        return self.translations.get(language, {}).get(name, "")


class ItemCategory(models.Model):
    """An item on a shelf. `published_at` is set while the item is listed: one index walk lists a category."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="placements")
    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="placements")
    is_own = models.BooleanField(default=True)  # False: present because a category below has it
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "gallery_item_categories"
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        constraints = [models.UniqueConstraint(fields=["item", "category"], name="placement_once")]
        indexes = [models.Index(fields=["category", "-published_at", "-item"], name="placement_newest")]

    def __str__(self) -> str:
        return f"{self.item_id} in {self.category_id}"


class OldSlug(models.Model):
    """Every slug that an item ever gave up; it redirects for ever and is never given to another."""

    slug = models.CharField(max_length=255, primary_key=True)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="old_slugs")

    class Meta:
        db_table = "gallery_old_slugs"
        verbose_name = _("old slug")
        verbose_name_plural = _("old slugs")

    def __str__(self) -> str:
        return self.slug
