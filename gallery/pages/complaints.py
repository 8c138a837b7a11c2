"""The forms by which anybody tells that something is wrong. They work without a script and set no cookie.

There is no token against forged requests: nobody is signed in here, so a forged one could do nothing that
its author could not do directly.
"""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gallery import addresses, listing, reports
from gallery.models import Item, Report
from gallery.pages import about, texts
from smartspec.lib.throttle import Policy, address_of, take

FEW = Policy("gallery-report", limit=5, seconds=3600)
LONGEST = 5000


class ReportForm(forms.Form):
    """About the work on whose page it was opened."""

    reason = forms.ChoiceField(label=gettext_lazy("What is wrong?"), choices=Report.Reason.choices)
    text = forms.CharField(
        label=gettext_lazy("Anything that helps us to understand"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    contact = forms.EmailField(
        label=gettext_lazy("Your e-mail address, if you want an answer"), required=False, max_length=254
    )


class TakedownForm(ReportForm):
    """About any address of ours, by somebody whose rights are touched."""

    url = forms.CharField(label=gettext_lazy("Address of the page or file"), max_length=500)
    truth = forms.BooleanField(
        label=gettext_lazy("What I say is true, and I hold these rights or speak for who does.")
    )
    field_order = ("url", "reason", "text", "contact", "truth")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].required = self.fields["contact"].required = True
        self.fields["text"].label = _("What is yours, and what should be done?")
        self.fields["contact"].label = _("Your e-mail address")


def report(request: HttpRequest, slug: str) -> HttpResponse:
    item = listing.item_by_slug(slug)
    if item is None:
        raise Http404
    said = texts.of_item(item, addresses.current())
    return answered(
        request,
        ReportForm,
        title=_("Report “%(title)s”") % {"title": said.title},
        description=_("Tell the moderators what is wrong with this work. They read every report."),
        item=item,
        is_indexed=False,
    )


def takedown(request: HttpRequest) -> HttpResponse:
    return answered(
        request,
        TakedownForm,
        title=_("Ask for a takedown"),
        description=_(
            "If a work here uses what is yours, or shows you, tell us. People read it, not machines."
        ),
    )


def answered(
    request: HttpRequest,
    form_class: type[forms.Form],
    *,
    title: str,
    description: str,
    item: Item | None = None,
    is_indexed: bool = True,
) -> HttpResponse:
    """The form, the form with complaints, or (at `?sent=1`) thanks."""
    form = form_class(request.POST) if request.method == "POST" else form_class()
    status, refused = 200, ""
    if form.is_bound and not form.is_valid():
        status = 400
    elif form.is_bound and not take(FEW, address_of(request)).allowed:
        status = 429
        refused = _("You have sent several already. Please come back in an hour.")
    elif form.is_bound:
        given = {name: form.cleaned_data[name] for name in ("reason", "text", "contact")}
        reports.receive(item=item, url=form.cleaned_data.get("url", ""), **given)
        return HttpResponseRedirect(f"{request.path}?sent=1", status=303)
    return about.told(
        "form",
        request,
        title=title,
        description=description,
        is_indexed=is_indexed,
        status=status,
        form=form,
        refused=refused,
        sent=_("Thank you. Your message has arrived, and somebody will read it.")
        if "sent" in request.GET
        else "",
        send=_("Send"),
        back=addresses.item(item.slug, addresses.current()) if item else "",
    )
