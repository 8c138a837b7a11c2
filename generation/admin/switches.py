from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from generation import catalogue
from generation.models import ModelSwitch


class SwitchForm(forms.ModelForm):
    class Meta:
        model = ModelSwitch
        fields = ["model_id", "is_on", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "model_id" in self.fields:  # of a new switch; afterwards it is a fact
            names = [(spec.id, f"{spec.name} ({spec.id})") for spec in catalogue.ALL_MODELS.values()]
            self.fields["model_id"] = forms.ChoiceField(label=_("model"), choices=names)

    def clean(self) -> dict:
        given = super().clean()
        if not given.get("is_on") and not given.get("reason", "").strip():
            self.add_error("reason", _("Say why: callers of the model read it."))
        return given


@admin.register(ModelSwitch)
class ModelSwitchAdmin(admin.ModelAdmin):
    """A model without a switch is on; a switched-off one is shown as under maintenance, with the reason."""

    form = SwitchForm
    list_display = ["model_id", "is_on", "reason", "since"]
    readonly_fields = ["since"]

    def get_readonly_fields(self, request, obj=None):
        return ["model_id", "since"] if obj else ["since"]
