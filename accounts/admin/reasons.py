"""Why staff act on accounts, keys and credits: asked every time, kept in the admin's history."""

from django import forms
from django.utils.translation import gettext_lazy as _

from smartspec.lib.usual_words import UsualWords

USUAL = {
    "grant": (_("Welcome gift"), _("Made good for a fault of ours"), _("Paid by bank transfer")),
    "close": (_("They asked for it"), _("Abuse"), _("The person has died")),
    "revoke": (_("The key leaked"), _("Abuse"), _("The owner asked for it"), _("Not used any more")),
}


def field(act: str) -> forms.CharField:
    return forms.CharField(label=_("Reason"), max_length=200, widget=UsualWords(USUAL[act]))


class ReasonForm(forms.Form):
    """One question: why."""

    def __init__(self, data=None, *, act: str):
        super().__init__(data)
        self.fields["reason"] = field(act)
