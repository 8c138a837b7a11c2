"""Which addresses we agree to call. What a name really leads to is checked again at every connect."""

import re
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from generation.models.webhook import LONGEST_URL
from smartspec.lib.errors import InvalidInput
from smartspec.lib.http import LOOPBACK_NAMES, is_public

NUMERIC_END = re.compile(r"\.(\d+|0x[0-9a-f]*)$", re.IGNORECASE)


def checked(url: Any, *, pointer: str = "/webhook_url") -> str:
    """The address itself. Raises InvalidInput unless it is https on the public internet."""
    if not isinstance(url, str) or len(url) > LONGEST_URL or not _is_callable(url):
        detail = _("An https address on the public internet is expected, of at most 2000 characters.")
        error = {"pointer": pointer, "code": "address", "detail": detail}
        raise InvalidInput(f"{pointer.lstrip('/')}: {detail}", errors=[error])
    return url


def is_own_machine(parts: Url) -> bool:
    """Loopback by name, on a developer's machine only."""
    return settings.DEBUG and parts.host in LOOPBACK_NAMES and parts.scheme in ("http", "https")


def _is_callable(url: str) -> bool:
    if not url.isprintable() or set(url) & set(" \\"):  # a browser would read \\ as /
        return False
    try:
        parts = parse_url(url)
    except LocationParseError:
        return False
    if parts.auth is not None or not parts.host:
        return False
    public = parts.scheme == "https" and parts.port in (None, 443) and _may_be_public(parts.host)
    return public or is_own_machine(parts)


def _may_be_public(host: str) -> bool:
    host = host.strip("[]").rstrip(".")
    try:
        return is_public(host)
    except ValueError:  # a name, or an odd spelling of a number, which every resolver would take for one
        return "." in host and not NUMERIC_END.search(host)
