"""Requests that no view answered: the API says so in its own shape, everything else with a page."""

import random
import sys
from functools import cache

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
BUSY_SECONDS = (1, 4)  # between these: those who were sent away must not all come back at once


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
        response = come_again(request, detail)
    else:
        title = _("We are closed for a moment")
        text = _("Something that we need does not answer. Nothing is lost. Please try again in a minute.")
        html = closed(title, text, here=request.path, request_id=getattr(request, "id", ""))
        response = HttpResponse(html, status=503)
    return not_now(response, RETRY_AFTER_SECONDS)


def too_busy(request: HttpRequest) -> HttpResponse:
    """503 while more is asked than can be answered: it has to cost next to nothing."""
    if request.path.startswith(API):
        detail = _("More is asked of us than we can answer at this moment. Nothing was done or charged.")
        response = come_again(request, detail)
    else:
        response = HttpResponse(crowded(addresses.current()), status=503)
    return not_now(response, random.randint(*BUSY_SECONDS))


def come_again(request: HttpRequest, detail: str) -> JsonResponse:
    return problem_page(request, 503, detail, code="unavailable", title=_("Unavailable for a moment"))


def not_now(response: HttpResponse, seconds: int) -> HttpResponse:
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    return response


@cache
def crowded(language: str) -> str:
    """The whole page, made once for each language."""
    title = _("We are busy for a moment")
    text = _("More is asked of us than we can answer. Please try again in a few seconds.")
    return closed(title, text, here=addresses.front(language), request_id="")


def closed(title: str, text: str, *, here: str, request_id: str) -> str:
    language = addresses.current()
    return page(
        "missing",
        status=503,
        head=seo.Head(title, text, "", language, seo.brand_image(), robots=seo.NOT_INDEXED),
        status_code=503,
        title=title,
        text=text,
        request_id=request_id,
        here=here,
        has_gallery=settings.ENABLE["gallery"],
        leaf=Leaf(addresses.front(language), _("All works")),
        nearby=[],
    ).content.decode()


def problem_page(request: HttpRequest, status: int, detail: str, **words: str) -> JsonResponse:
    body = problem(request, status=status, detail=detail, **words)
    return JsonResponse(body, status=status, content_type="application/problem+json")
