"""Requests that no view answered: the API says so in its own shape, everything else with a page."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from gallery.pages import errors
from smartspec.api.problems import problem

API = ("/api/", "/generation/")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if request.path.startswith(API):
        return problem_page(request, 404, _("There is nothing here under this address."))
    return errors.not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    if request.path.startswith(API):
        detail = _("Something went wrong on our side. Nothing was charged. Please try again.")
        return problem_page(request, 500, detail)
    return errors.server_error(request)


def problem_page(request: HttpRequest, status: int, detail: str) -> JsonResponse:
    body = problem(request, status=status, detail=detail)
    return JsonResponse(body, status=status, content_type="application/problem+json")
