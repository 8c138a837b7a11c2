"""Answering for an object ourselves: in parts, from cache, and never as a page that could run."""

from pathlib import PurePosixPath

from django.core.files.storage import storages
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.utils.http import content_disposition_header, http_date, parse_etags

from storage_app.deletion import is_public
from storage_app.errors import StorageFailed
from storage_app.file_types import SAFE_INLINE, content_type_of
from storage_app.ranges import Span, Unsatisfiable, asked_span
from storage_app.storages.stored import Stat

HARMLESS = {
    "Accept-Ranges": "bytes",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Referrer-Policy": "no-referrer",
}


def is_shown(key: str) -> bool:
    """Is this a public object? Where both visibilities share a bucket only a row can tell."""
    return not storages["public"].shares_objects_with(storages["private"]) or is_public(key)


def serve(request: HttpRequest, *, storage, key: str, cache_control: str) -> HttpResponse:
    """200, 206, 304, 404, 416 or 503 for one object of `storage`."""
    try:
        stat = storage.stat(key)
    except FileNotFoundError:
        return HttpResponse(status=404)
    except StorageFailed:
        return HttpResponse(status=503, headers={"Retry-After": "5"})
    headers = {**HARMLESS, **identity(stat), "Cache-Control": cache_control}
    if fresh(request, stat):
        return HttpResponseNotModified(headers=headers)
    try:
        span = wanted_span(request, stat)
    except Unsatisfiable:
        headers["Content-Range"] = f"bytes */{stat.size}"
        return HttpResponse(status=416, headers=headers)
    return body(request, storage, key, stat, span, headers)


def body(request, storage, key: str, stat: Stat, span: Span | None, headers: dict) -> HttpResponse:
    part = span or Span(0, stat.size)
    headers |= typed(key) | {"Content-Length": str(part.length)}
    if span:
        headers["Content-Range"] = span.content_range(stat.size)
    request.META.pop("HTTP_ACCEPT_ENCODING", None)  # media is compressed already; gzip would break ranges
    empty = request.method == "HEAD" or not part.length
    content = () if empty else storage.read(key, start=part.start, length=part.length)
    return StreamingHttpResponse(content, status=206 if span else 200, headers=headers)


def identity(stat: Stat) -> dict:
    return {"ETag": stat.etag, "Last-Modified": http_date(stat.modified.timestamp())}


def fresh(request: HttpRequest, stat: Stat) -> bool:
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in known or stat.etag in (etag.removeprefix("W/") for etag in known)


def wanted_span(request: HttpRequest, stat: Stat) -> Span | None:
    unchanged = request.headers.get("If-Range", stat.etag) == stat.etag
    return asked_span(request.headers.get("Range", ""), stat.size) if unchanged else None


def typed(key: str) -> dict:
    content_type = content_type_of(key)
    if content_type in SAFE_INLINE:
        return {"Content-Type": content_type}
    name = PurePosixPath(key).name
    return {"Content-Type": content_type, "Content-Disposition": content_disposition_header(True, name)}
