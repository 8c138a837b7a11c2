"""Was this file made here? Asked with the file itself or with its SHA-256."""

import re
from pathlib import Path

from django import forms
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gallery import addresses
from gallery.models import Item
from gallery.pages import about, texts
from gallery.pages.links import Link
from smartspec.lib.throttle import Policy, address_of, take
from storage_app.provenance import Finding, look_up

SOME = Policy("gallery-verify", limit=20, seconds=600)
LARGEST = 60 * 2**20
SHA256 = re.compile(r"[0-9a-f]{64}")


class VerifyForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("The file"), required=False)
    sha256 = forms.CharField(
        label=gettext_lazy("or its SHA-256, if the file shall not leave you"), required=False, max_length=64
    )

    def clean_sha256(self) -> str:
        given = self.cleaned_data["sha256"].strip().lower()
        if given and not SHA256.fullmatch(given):
            raise forms.ValidationError(_("A SHA-256 has 64 digits from 0 to f."))
        return given

    def clean(self) -> None:
        if not self.cleaned_data.get("file") and not self.cleaned_data.get("sha256") and not self.errors:
            self.add_error("file", _("Choose a file, or give its SHA-256."))


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
    file, sha256 = form.cleaned_data["file"], form.cleaned_data["sha256"]
    found = look_up(path=Path(file.temporary_file_path())) if file else look_up(sha256=sha256)
    return answered(request, VerifyForm(), verdict=verdict(found), work=work_of(found))


def verdict(found: Finding | None) -> str:
    if found is None:
        return _("We do not know this file. That does not tell whether it was made with AI elsewhere.")
    if found.is_exact:
        return _("Yes: this very file was made here, with AI.")
    return _("Most likely: it looks like a work that was made here, with AI. It was changed since.")


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
