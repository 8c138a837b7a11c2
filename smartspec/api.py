"""The shape of the API: errors as RFC 9457 problems, strict JSON, the schema. Named in settings only."""

import json
import logging

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.openapi import AutoSchema
from rest_framework import exceptions
from rest_framework.parsers import JSONParser
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import set_rollback

from smartspec.lib.errors import ProductError

log = logging.getLogger(__name__)

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


class ProblemRenderer(JSONRenderer):
    media_type = "application/problem+json"
    format = "problem"


class StrictJSONParser(JSONParser):
    """JSON as the standard has it; an empty body counts as an empty object."""

    def parse(self, stream, media_type=None, parser_context=None):
        raw = stream.read()
        if not raw.strip():
            return {}
        try:
            body = json.loads(raw.decode("utf-8"), parse_constant=self._refuse)
            raw_text = json.dumps(body, ensure_ascii=False)
            raw_text.encode("utf-8")  # a lone surrogate cannot be stored anywhere
        except (ValueError, RecursionError) as error:
            raise exceptions.ParseError(_("The body is not valid JSON.")) from error
        if "\\u0000" in raw_text:
            raise exceptions.ParseError(_("The body contains a NUL character."))
        if not isinstance(body, dict):
            raise exceptions.ParseError(_("The body must be a JSON object."))
        return body

    @staticmethod
    def _refuse(word: str):
        raise ValueError(word)


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


PROBLEM_SCHEMA = {
    "type": "object",
    "description": "An error (RFC 9457).",
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "One plain sentence for people."},
        "instance": {"type": "string"},
        "code": {"type": "string", "description": "A stable word for programs."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "pointer": {"type": "string"},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
                "required": ["pointer", "code", "detail"],
            },
        },
        "retryable": {"type": "boolean"},
        "charged": {"type": "boolean"},
        "request_id": {"type": "string"},
    },
    "required": ["type", "title", "status", "detail", "code", "errors", "retryable", "charged", "request_id"],
}


class ProblemAutoSchema(AutoSchema):
    """Adds the problem shape to every operation, and the scope that it needs."""

    def get_operation(self, *args, **kwargs):
        operation = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        problem_content = {"application/problem+json": {"schema": PROBLEM_SCHEMA}}
        operation["responses"].setdefault(
            "default", {"description": "A problem.", "content": problem_content}
        )
        scope = getattr(self.view, "required_scope", None)
        if isinstance(scope, dict):
            scope = scope.get(self.method.upper())
        if scope:
            operation["x-required-scope"] = scope
            operation["description"] = f"{operation.get('description', '')}\n\nScope: `{scope}`.".strip()
        return operation
