"""Signing in to the admin, under the same limits as everywhere."""

from collections.abc import Callable
from functools import wraps

from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts import second_step
from accounts.forms import StaffSignInForm


def limit() -> None:
    admin.site.login_form = StaffSignInForm
    admin.site.login = leading_on(answering(admin.site.login))
    admin.site.has_permission = may_enter


def may_enter(request: HttpRequest) -> bool:
    return request.user.is_active and request.user.is_staff and second_step.is_passed(request.user)


def leading_on(login: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever has shown the password, and is asked for the second step, is led there."""

    @wraps(login)
    def view(request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        if request.user.is_staff and not second_step.is_passed(request.user):
            wanted = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
            return redirect_to_login(wanted, reverse("second-step"))
        return login(request, extra_context)

    return view


def answering(login: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Django's own view, with 429 where somebody came too often."""

    @wraps(login)
    def view(request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        response = login(request, extra_context)
        shown = getattr(response, "context_data", None)  # none where it redirects
        return shown["form"].answered(response) if shown else response

    return view
