from collections.abc import Iterator
from decimal import Decimal

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from generation import catalogue, price_overrides
from generation.admin.reading_only import ReadingOnly
from generation.catalogue import ModelSpec
from generation.models import PriceOverride
from smartspec.lib.errors import ProductError

FACTS = ["model_id", "tier", "credits", "is_below_cost", "reason", "by", "since", "until"]
BETWEEN = "|"  # stands in no id and in no tier


def tier_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every tier of every model, with the catalogue's price and what the provider takes."""
    return [(spec.name, list(tiers_of(spec))) for spec in catalogue.ALL_MODELS.values()]


def tiers_of(spec: ModelSpec) -> Iterator[tuple[str, str]]:
    words = _("%(tier)s: %(price)s listed, %(cost)s upstream")
    for tier, price in (spec.pricing_tiers or {"": spec.base_credits}).items():
        facts = {"tier": tier or spec.id, "price": price, "cost": spec.pricing.costs[tier]}
        yield f"{spec.id}{BETWEEN}{tier}", words % facts


class PriceForm(forms.ModelForm):
    """Asks the service what it would say before anything is written."""

    chosen = forms.ChoiceField(label=_("model and tier"), choices=tier_choices)
    credits = forms.DecimalField(
        label=_("Credits"),
        min_value=Decimal("0.01"),
        max_digits=10,
        decimal_places=2,
        required=False,
        help_text=_("Empty: back to the price of the catalogue."),
    )
    below_cost = forms.BooleanField(label=_("Below cost is meant"), required=False)

    class Meta:
        model = PriceOverride
        fields = ["chosen", "credits", "reason", "below_cost"]

    def clean(self) -> dict:
        given = super().clean()
        if self.errors:
            return given
        try:
            price_overrides.require(**self.order())
        except ProductError as error:
            self.add_error("credits", error.detail)
        return given

    def order(self) -> dict:
        """The arguments of the service."""
        model_id, _bar, tier = self.cleaned_data["chosen"].partition(BETWEEN)
        credits: Decimal | None = self.cleaned_data["credits"]
        return {
            "spec": catalogue.get_model(model_id),
            "tier": tier,
            "credits": credits,
            "reason": self.cleaned_data["reason"],
            "below_cost": self.cleaned_data["below_cost"],
        }


@admin.register(PriceOverride)
class PriceOverrideAdmin(ReadingOnly):
    """Prices are set by adding a row; what stood before stays to be read."""

    form = PriceForm
    list_display = ["since", "model_id", "tier", "credits", "is_below_cost", "reason", "by", "until"]
    list_filter = [("until", admin.EmptyFieldListFilter)]
    list_select_related = ["by"]
    search_fields = ["=model_id"]

    def has_add_permission(self, request) -> bool:
        return request.user.has_perm("generation.add_priceoverride")

    def get_fields(self, request, obj=None):
        return FACTS if obj else PriceForm.Meta.fields

    def save_model(self, request, obj: PriceOverride, form: PriceForm, change: bool) -> None:
        saved = price_overrides.set_price(by=request.user, **form.order())
        obj.__dict__.update(saved.__dict__)
