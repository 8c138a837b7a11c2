"""Signing in to the admin, under the same limits as everywhere."""

from collections.abc import Callable
from functools import wraps

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from accounts.forms import StaffSignInForm


def limit() -> None:
    admin.site.login_form = StaffSignInForm
    admin.site.login = answering(admin.site.login)


def answering(login: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Django's own view, with 429 where somebody came too often."""

    @wraps(login)
    def view(request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        response = login(request, extra_context)
        shown = getattr(response, "context_data", None)  # none where it redirects
        return shown["form"].answered(response) if shown else response

    return view
