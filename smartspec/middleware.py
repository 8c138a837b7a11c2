"""What every request passes through: an id, forgiving paths, its language, a strict policy, an honest 503."""

import logging
import re
import uuid

from django.conf import settings
from django.utils import translation
from django.utils.cache import patch_vary_headers

from smartspec import unanswered
from smartspec.lib import logs
from smartspec.lib.outages import is_outage

log = logging.getLogger(__name__)

API_PREFIX = "/api/"
SAFE_REQUEST_ID = re.compile(r"^[A-Za-z0-9._-]{8,64}$")


class RequestId:
    """Takes the caller's X-Request-Id when it is harmless, else makes one; logs and answers carry it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get("X-Request-Id", "")
        request.id = given if SAFE_REQUEST_ID.match(given) else uuid.uuid4().hex
        token = logs.request_id.set(request.id)
        try:
            response = self.get_response(request)
        finally:
            logs.request_id.reset(token)
        response["X-Request-Id"] = request.id
        return response


class TolerantPaths:
    """API paths answer with and without a trailing slash, and `/generation/…` without its prefix.

    An earlier JavaScript SDK loses the prefix; a redirect would lose a POST body.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        path = request.path_info
        if path.startswith("/generation/"):
            path = f"/api/v1{path}"
        if path.startswith(API_PREFIX) and path.endswith("/"):
            path = path.rstrip("/")
        if path != request.path_info:
            request.path_info = path
        return self.get_response(request)


class Language:
    """A page's language is in its address, the API's and the admin's in Accept-Language.

    Public pages therefore never vary by header and stay cacheable.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        path = request.path_info
        negotiated = path.startswith((API_PREFIX, "/admin", "/accounts", "/device"))
        if negotiated:
            language = translation.get_language_from_request(request)
        else:
            language = translation.get_language_from_path(path) or settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if negotiated:
            patch_vary_headers(response, ["Accept-Language"])
        return response


PUBLIC_POLICY = (
    "default-src 'self'; img-src 'self' data: {media}; media-src 'self' {media}; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}"
)
# Django's own admin and the API reference bring inline styles; neither shows anybody's uploads as pages.
STAFF_POLICY = (
    "default-src 'self'; img-src 'self' data: {media}; media-src 'self' {media}; "
    "style-src 'self' 'unsafe-inline'; script-src 'self'{script}; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'"
)


class ContentSecurityPolicy:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if "Content-Security-Policy" in response:  # a view that knows better
            return response
        media = settings.R2["public_url"] or (settings.R2["endpoint"] if settings.USES_R2 else "")
        if request.path_info.startswith(("/admin", "/api/docs")):
            script = " 'unsafe-inline'" if request.path_info.startswith("/api/docs") else ""
            policy = STAFF_POLICY.format(media=media, script=script)
        else:
            embed = request.path_info.endswith("/embed")
            policy = PUBLIC_POLICY.format(media=media, ancestors="*" if embed else "'self'")
        response["Content-Security-Policy"] = re.sub(r" +", " ", policy).replace(" ;", ";")
        return response


class Outages:
    """A view that could not reach the database is answered 503: the caller should come again."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not is_outage(exception):
            return None
        log.error("the database is away: %s", exception)
        return unanswered.unavailable(request)
