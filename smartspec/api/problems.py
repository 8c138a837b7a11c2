"""The shape of every error of the API: an RFC 9457 problem."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from smartspec.lib.errors import ProductError

TITLES = {
    400: _("Invalid input"),
    401: _("Not signed in"),
    403: _("Forbidden"),
    404: _("Not found"),
    405: _("Method not allowed"),
    406: _("Not acceptable"),
    413: _("Too large"),
    415: _("Unsupported media type"),
    429: _("Too many requests"),
    500: _("Internal error"),
}
CODES = {
    400: "invalid_input",
    401: "not_authenticated",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    413: "too_large",
    415: "unsupported_media_type",
    429: "rate_limited",
    500: "internal",
}


def input_errors(detail, pointer: str = "") -> list[dict]:
    """DRF's nested error detail as a flat list of {pointer, code, detail}."""
    if isinstance(detail, dict):
        return [
            error
            for name, inner in detail.items()
            for error in input_errors(inner, pointer if name == "non_field_errors" else f"{pointer}/{name}")
        ]
    if isinstance(detail, list):
        found = []
        for number, inner in enumerate(detail):
            nested = isinstance(inner, dict | list)
            found += input_errors(inner, f"{pointer}/{number}" if nested else pointer)
        return found
    return [{"pointer": pointer, "code": getattr(detail, "code", "invalid"), "detail": str(detail)}]


def described(error: Exception) -> dict:
    """The problem members that depend on the kind of error, and the status."""
    if isinstance(error, ProductError):
        return {
            "status": error.status,
            "title": str(error.title),
            "detail": str(error.detail),
            "code": error.code,
            "errors": error.errors,
            "retryable": error.retryable,
            "charged": error.charged,
        }
    if isinstance(error, exceptions.ValidationError):
        errors = input_errors(error.detail)
        where = errors[0]["pointer"].lstrip("/") if errors else ""
        detail = f"{where}: {errors[0]['detail']}" if where else (errors[0]["detail"] if errors else "")
        return {"status": 400, "detail": detail, "errors": errors}
    if isinstance(error, exceptions.APIException):
        return {"status": error.status_code, "detail": str(error.detail)}
    if isinstance(error, Http404):
        return {"status": 404, "detail": str(_("There is nothing here under this address."))}
    return {"status": 403, "detail": str(_("You may not do this."))}


def problem_response(error: Exception, context: dict) -> Response | None:
    """DRF's exception handler: every error of the API in one shape (RFC 9457)."""
    known = (ProductError, exceptions.APIException, Http404, PermissionDenied)
    if not isinstance(error, known):
        return None  # Django logs it and answers 500 through `server_error`
    request = context["request"]
    body = problem(request, **described(error))
    response = Response(body, status=body["status"], content_type="application/problem+json")
    if wait := getattr(error, "retry_after", None) or getattr(error, "wait", None):
        response["Retry-After"] = str(max(1, int(wait)))
    if header := getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = header
    if isinstance(error, exceptions.MethodNotAllowed):
        response["Allow"] = ", ".join(context["view"].allowed_methods)
    set_rollback()
    return response


def problem(request, *, status: int, detail: str, code: str = "", title: str = "", **members) -> dict:
    code = code or CODES.get(status, "error")
    return {
        "type": f"{settings.SITE_URL}/api/docs#error-{code}",
        "title": title or str(TITLES.get(status, TITLES[500])),
        "status": status,
        "detail": detail,
        "instance": request.path,
        "code": code,
        "errors": members.get("errors", []),
        "retryable": members.get("retryable", status in (429, 503)),
        "charged": members.get("charged", False),
        "request_id": getattr(request, "id", ""),
    }
