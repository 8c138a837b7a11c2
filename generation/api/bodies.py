"""What comes in beside the options."""

import json

from django.http import HttpRequest
from django.http.request import RawPostDataException
from django.utils.translation import gettext as _
from rest_framework.request import Request

from smartspec.lib.errors import InvalidInput

LONGEST_KEY = 255
LARGEST_CALLBACK = 256 * 1024


def idempotency_key(request: Request) -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if not 1 <= len(key) <= LONGEST_KEY or not key.isprintable():
        detail = _("Idempotency-Key takes 1 to 255 printable characters.")
        raise InvalidInput(
            detail, errors=[{"pointer": "Idempotency-Key", "code": "invalid", "detail": detail}]
        )
    return key


def callback_body(request: HttpRequest) -> dict:
    """The callback's JSON object, or an empty one: nothing in it is trusted anyway."""
    if int(request.headers.get("Content-Length") or 0) > LARGEST_CALLBACK:
        return {}
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError, RawPostDataException):
        return {}
    return body if isinstance(body, dict) else {}
