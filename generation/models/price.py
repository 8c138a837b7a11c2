"""What an operator has made of the catalogue's prices: every row stays, the last one of a tier counts."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PriceOverrideQuerySet(models.QuerySet):
    def standing(self):
        """The last word on each tier, among them those that went back to the catalogue's price."""
        return self.filter(until=None)


class PriceOverride(models.Model):
    """The price of one tier of a model from `since` until the next row; without credits: the catalogue's."""

    id = models.BigAutoField(primary_key=True)
    model_id = models.CharField(_("model"), max_length=100)
    tier = models.CharField(_("tier"), max_length=60, blank=True)  # empty where all requests cost the same
    credits = models.DecimalField(_("credits"), max_digits=10, decimal_places=2, null=True, blank=True)
    is_below_cost = models.BooleanField(_("below cost"), default=False)  # knowingly
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    since = models.DateTimeField(_("since"), auto_now_add=True)
    until = models.DateTimeField(_("until"), null=True, blank=True, editable=False)

    objects = PriceOverrideQuerySet.as_manager()

    class Meta:
        db_table = "generation_price_overrides"
        ordering = ["-id"]
        verbose_name = _("price override")
        verbose_name_plural = _("price overrides")
        constraints = [
            models.UniqueConstraint(
                fields=["model_id", "tier"], condition=Q(until=None), name="price_one_stands_per_tier"
            ),
            models.CheckConstraint(condition=Q(credits=None) | Q(credits__gt=0), name="price_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.model_id} {self.tier}".strip()
