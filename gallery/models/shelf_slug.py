from django.db import models
from django.utils.translation import gettext_lazy as _

from gallery.models.category import Category


class OldShelfSlug(models.Model):
    """Every slug that a category gave up, or that was merged into it; it redirects for ever."""

    slug = models.CharField(max_length=100, primary_key=True)
    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="old_slugs")

    class Meta:
        db_table = "gallery_old_category_slugs"
        verbose_name = _("former address of a category")
        verbose_name_plural = _("former addresses of categories")
        default_permissions = ()

    def __str__(self) -> str:
        return self.slug
