"""Opaque cursors for keyset paging: the last row's sort values, safe in a URL."""

import base64
import binascii
import json
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from smartspec.lib.errors import InvalidInput


def pack(*values: str) -> str:
    raw = json.dumps(values, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def unpack(cursor: str, *, size: int) -> list[str]:
    """The `size` strings inside a cursor; anything else is the caller's mistake, never ours."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        values = json.loads(raw)
    except (binascii.Error, ValueError, UnicodeError, RecursionError) as error:
        raise bad_cursor() from error
    if not isinstance(values, list) or len(values) != size or not all(isinstance(v, str) for v in values):
        raise bad_cursor()
    return values


def moment(text: str) -> datetime:
    """An aware moment out of a cursor; raises ValueError."""
    when = datetime.fromisoformat(text)
    if when.tzinfo is None:
        raise ValueError(text)
    return when


def bad_cursor() -> InvalidInput:
    detail = _("The cursor is not one of ours.")
    return InvalidInput(detail, errors=[{"pointer": "cursor", "code": "invalid", "detail": str(detail)}])
