"""Was this file made here? Asked with the file itself, an address of ours, or its SHA-256."""

import re
from pathlib import Path

from django import forms
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gallery import addresses
from gallery.models import Item
from gallery.pages import about, dates, texts
from gallery.pages.links import Link
from gallery.resolving import item_at, place_of
from smartspec.lib.throttle import Policy, address_of, take
from storage_app.provenance import Finding, look_up, making_of

SOME = Policy("gallery-verify", limit=20, seconds=600)
LARGEST = 60 * 2**20
SHA256 = re.compile(r"[0-9a-f]{64}")


class VerifyForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("The file"), required=False)
    address = forms.CharField(
        label=gettext_lazy("or the address of a page or file of ours"), required=False, max_length=2000
    )
    sha256 = forms.CharField(
        label=gettext_lazy("or its SHA-256, if the file shall not leave you"), required=False, max_length=64
    )

    def clean_sha256(self) -> str:
        given = self.cleaned_data["sha256"].strip().lower()
        if given and not SHA256.fullmatch(given):
            raise forms.ValidationError(_("A SHA-256 has 64 digits from 0 to f."))
        return given

    def clean(self) -> None:
        if not any(self.cleaned_data.values()) and not self.errors:
            self.add_error("file", _("Choose a file, or give an address or a SHA-256."))


def verify(request: HttpRequest) -> HttpResponse:
    """The form, and what was found."""
    if request.method != "POST":
        return answered(request, VerifyForm())
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return answered(request, VerifyForm(), status=413, refused=_("This file is too large to be checked."))
    if not take(SOME, address_of(request)).allowed:
        return answered(
            request, VerifyForm(), status=429, refused=_("You are asking too often. Please wait a moment.")
        )
    request.upload_handlers = [TemporaryFileUploadHandler(request)]
    form = VerifyForm(request.POST, request.FILES)
    if not form.is_valid():
        return answered(request, form, status=400)
    found = finding(**form.cleaned_data)
    return answered(
        request,
        VerifyForm(),
        verdict=verdict(found),
        making=making(found) if found else "",
        work=work_of(found),
    )


def finding(*, file, address: str, sha256: str) -> Finding | None:
    """By the surest of what was given."""
    if file:
        return look_up(path=Path(file.temporary_file_path()))
    return by_address(address.strip()) if address else look_up(sha256=sha256)


def by_address(address: str) -> Finding | None:
    """By the page of a work, under any slug it ever had, or by one of its files."""
    if place_of(address) is None:
        return look_up(address=address)
    item = item_at(address)
    return Finding(item.media, is_exact=True) if item and not item.media.is_foreign else None


def verdict(found: Finding | None) -> str:
    if found is None:
        return _("We do not know this file. That does not tell whether it was made with AI elsewhere.")
    if found.is_exact:
        return _("Yes: this very file was made here, with AI.")
    return _("Most likely: it looks like a work that was made here, with AI. It was changed since.")


def making(found: Finding) -> str:
    """With which model, and when, as far as it is known."""
    told = making_of(found.asset)
    day = dates.spoken(told.made_at, addresses.current())
    if not told.model:
        return _("Made on %(date)s.") % {"date": day}
    return _("Made with %(model)s on %(date)s.") % {"model": told.model, "date": day}


def work_of(found: Finding | None) -> Link | None:
    """The work behind the file, while it is shown."""
    item = Item.objects.public().filter(media=found.asset).first() if found else None
    if item is None:
        return None
    language = addresses.current()
    said = texts.of_item(item, language)
    return Link(said.title, addresses.item(item.slug, language), "" if said.is_native else said.lang)


def answered(request: HttpRequest, form: VerifyForm, *, status: int = 200, **told) -> HttpResponse:
    return about.told(
        "verify",
        request,
        title=_("Verify a file"),
        description=_("Whether a picture, film or sound was made here. What you send is deleted at once."),
        form=form,
        status=status,
        **told,
    )
