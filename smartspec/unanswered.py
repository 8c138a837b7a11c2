"""Requests that no view answered: the API says so in its own shape, everything else with a page."""

import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from gallery import addresses
from gallery.pages import errors, seo
from gallery.pages.links import Leaf
from gallery.pages.responses import page
from smartspec.api.problems import problem
from smartspec.lib.outages import RETRY_AFTER_SECONDS, is_outage

API = ("/api/", "/generation/")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if request.path.startswith(API):
        return problem_page(request, 404, _("There is nothing here under this address."))
    return errors.not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Called while the error is being handled; one from a middleware has passed no view's handler."""
    if is_outage(sys.exc_info()[1]):
        return unavailable(request)
    if request.path.startswith(API):
        detail = _("Something went wrong on our side. Nothing was charged. Please try again.")
        return problem_page(request, 500, detail)
    return errors.server_error(request)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503 while something is away that we stand on. Asks nothing of the database."""
    if request.path.startswith(API):
        detail = _(
            "The service cannot be reached for a moment. Please try again in a few seconds, "
            "with the same Idempotency-Key: then nothing is done or charged twice."
        )
        words = {"code": "unavailable", "title": _("Unavailable for a moment")}
        response = problem_page(request, 503, detail, **words)
    else:
        response = closed_for_a_moment(request)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def closed_for_a_moment(request: HttpRequest) -> HttpResponse:
    language = addresses.current()
    title = _("We are closed for a moment")
    text = _("Something that we need does not answer. Nothing is lost. Please try again in a minute.")
    return page(
        "missing",
        status=503,
        head=seo.Head(title, text, "", language, seo.brand_image(), robots=seo.NOT_INDEXED),
        status_code=503,
        title=title,
        text=text,
        request_id=getattr(request, "id", ""),
        here=request.path,
        has_gallery=settings.ENABLE["gallery"],
        leaf=Leaf(addresses.front(language), _("All works")),
        nearby=[],
    )


def problem_page(request: HttpRequest, status: int, detail: str, **words: str) -> JsonResponse:
    body = problem(request, status=status, detail=detail, **words)
    return JsonResponse(body, status=status, content_type="application/problem+json")
