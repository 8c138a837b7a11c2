"""Whole public pages from memory, as fresh as the site's version."""

import threading
import time
from collections.abc import Hashable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe

from gallery.caching import counts
from gallery.caching.shelf import LONGEST_SECONDS, Kept, Shelf
from gallery.caching.version import SiteVersion, Version

PRIVATE = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_X_API_KEY", "HTTP_RANGE")
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")
KEPT_STATUSES = frozenset({200, 301, 410})  # a 404 tells the id of its own request
ELSEWHERE = ("/api/", "/generation/", "/admin", "/accounts", "/device", "/media/", "/static/")
PATIENCE_SECONDS = 10.0  # then a page is rendered twice rather than a visitor left waiting


class PageCache:
    def __init__(self, get_response):
        if not settings.PAGE_CACHE_MB:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.shelf = Shelf(settings.PAGE_CACHE_MB * 2**20)
        self.version = SiteVersion()
        self._rendering: dict[Hashable, threading.Event] = {}

    def __call__(self, request):
        version = self.version() if may_be_shared(request) else None
        if version is None:
            return self.get_response(request)
        key = key_of(request)
        kept = self.shelf.get(key, version)
        (counts.hits if kept else counts.misses).inc()
        if kept is None and request.method == "GET":
            return self._rendered_once(request, key, version)
        return told(request, kept) if kept else self.get_response(request)

    def _rendered_once(self, request: HttpRequest, key: Hashable, version: Version) -> HttpResponse:
        """The first who asks renders; the others wait for what it makes."""
        mine = threading.Event()
        first = self._rendering.setdefault((key, version), mine)
        if first is not mine:
            first.wait(PATIENCE_SECONDS)
            kept = self.shelf.get(key, version)
            return told(request, kept) if kept else self.get_response(request)
        try:
            kept = self.shelf.get(key, version)  # made between our look and our turn
            return told(request, kept) if kept else self._rendered(request, key, version)
        finally:
            self._rendering.pop((key, version), None)
            mine.set()

    def _rendered(self, request: HttpRequest, key: Hashable, version: Version) -> HttpResponse:
        conditions = {name: request.META.pop(name) for name in CONDITIONS if name in request.META}
        response = self.get_response(request)
        request.META.update(conditions)
        if not is_shareable(response):
            return conditional(request, response) if conditions else response
        headers = tuple((name, value) for name, value in response.items())
        until = time.monotonic() + LONGEST_SECONDS
        match = request.resolver_match
        kept = Kept(response.status_code, headers, response.content, match, version, until)
        self.shelf.put(key, kept)
        return told(request, kept)


def may_be_shared(request: HttpRequest) -> bool:
    if request.method not in ("GET", "HEAD") or request.path_info.startswith(ELSEWHERE):
        return False
    return not any(request.META.get(name) for name in PRIVATE)


def key_of(request: HttpRequest) -> Hashable:
    """A page's language is in its path; its encoding is what GZipMiddleware would choose."""
    is_zipped = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    host = request.META.get("HTTP_HOST", "")
    return request.scheme, host, request.path, request.META.get("QUERY_STRING", ""), is_zipped


def is_shareable(response: HttpResponse) -> bool:
    if response.streaming or response.cookies or response.status_code not in KEPT_STATUSES:
        return False
    varies = {name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()}
    return "public" in response.get("Cache-Control", "") and varies <= {"accept-encoding"}


def told(request: HttpRequest, kept: Kept) -> HttpResponse:
    response = HttpResponse(kept.body, status=kept.status, headers=dict(kept.headers))
    request.resolver_match = kept.match  # the counts of requests go by route
    return conditional(request, response)


def conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    modified = response.get("Last-Modified")
    return get_conditional_response(
        request,
        etag=response.get("ETag"),
        last_modified=modified and parse_http_date_safe(modified),
        response=response,
    )
