from django import forms
from django.contrib import admin
from django.urls import path
from django.utils.translation import gettext_lazy as _

from generation import catalogue
from generation.admin.overview import overview, push_on
from generation.models import ModelSwitch


class SwitchForm(forms.ModelForm):
    class Meta:
        model = ModelSwitch
        fields = ["model_id", "is_on", "reason", "deprecated_at", "sunset_at"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "model_id" in self.fields:  # of a new switch; afterwards it is a fact
            names = [(spec.id, f"{spec.name} ({spec.id})") for spec in catalogue.ALL_MODELS.values()]
            self.fields["model_id"] = forms.ChoiceField(label=_("model"), choices=names)

    def clean(self) -> dict:
        given = super().clean()
        if not given.get("is_on") and not given.get("reason", "").strip():
            self.add_error("reason", _("Say why: callers of the model read it."))
        notice, end = given.get("deprecated_at"), given.get("sunset_at")
        if notice and end and end < notice:
            self.add_error("sunset_at", _("The end comes after the notice."))
        return given


@admin.register(ModelSwitch)
class ModelSwitchAdmin(admin.ModelAdmin):
    """A model without a switch is on; a switched-off one is shown as under maintenance, with the reason."""

    form = SwitchForm
    list_display = ["model_id", "is_on", "reason", "since", "deprecated_at", "sunset_at"]
    readonly_fields = ["since"]

    def get_urls(self):
        guarded = self.admin_site.admin_view
        return [
            path("overview/", guarded(overview), name="generation_overview"),
            path("overview/push-on/", guarded(push_on), name="generation_push_on"),
            *super().get_urls(),
        ]

    def get_readonly_fields(self, request, obj=None):
        return ["model_id", "since"] if obj else ["since"]
