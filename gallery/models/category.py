import uuid

from django.db import models
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

BY_BRANCH = (
    Coalesce("parent__display_order", "display_order"),
    Coalesce("parent__name", "name"),
    F("parent").asc(nulls_first=True),
    "display_order",
    "name",
)


class CategoryQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)

    def by_branch(self):
        """Every top category followed by what stands right below it."""
        return self.select_related("parent__parent").order_by(*BY_BRANCH)


class Category(models.Model):
    """A shelf of the gallery; shelves nest. Texts are English here and in `translations.th` in Thai."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=100)
    slug = models.CharField(_("slug"), max_length=100, unique=True)
    description = models.TextField(_("description"), blank=True)
    translations = models.JSONField(
        _("translations"), default=dict, blank=True
    )  # {"th": {name, description}}
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent"),
    )
    cover = models.ForeignKey(
        "gallery.Item",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cover"),
    )
    thai_cover = models.ForeignKey(
        "gallery.Item",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cover in Thai"),
    )
    display_order = models.IntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("active"), default=True)
    item_count = models.PositiveIntegerField(
        default=0, editable=False
    )  # shown items here and below; maintained
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        db_table = "gallery_categories"
        ordering = ["display_order", "name"]
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def __str__(self) -> str:
        return self.name

    def save(self, *args, update_fields=None, **kwargs) -> None:
        """Without the counter: it moves in the database only, and what was read of it may be old."""
        if not self._state.adding and update_fields is None:
            fields = self._meta.concrete_fields
            update_fields = [each.name for each in fields if each.name not in ("id", "item_count")]
        super().save(*args, update_fields=update_fields, **kwargs)

    def cover_in(self, language: str) -> dict | None:
        """The card of the work on the cover, if everybody may see it."""
        chosen = [self.thai_cover, self.cover] if language == "th" else [self.cover]
        return next((item.card for item in chosen if item and item.is_listed), None)
