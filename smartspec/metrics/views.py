"""GET /metrics: for Prometheus on this machine, or for whoever has METRICS_TOKEN."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from smartspec.lib.counts import counted
from smartspec.metrics.rows import Rows

LOOPBACK = frozenset({"127.0.0.1", "::1"})
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-Ip", "Via")


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    if not (is_ours(request) or has_token(request)):
        raise PermissionDenied
    rows = CollectorRegistry(auto_describe=False)
    rows.register(Rows())
    text = generate_latest(counted()) + generate_latest(rows)
    return HttpResponse(text, content_type=CONTENT_TYPE_PLAIN_0_0_4)


def is_ours(request: HttpRequest) -> bool:
    """Straight from this machine: what a proxy on it passes on comes from loopback, too."""
    passed_on = any(name in request.headers for name in FORWARDED)
    return request.META.get("REMOTE_ADDR") in LOOPBACK and not passed_on


def has_token(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(settings.METRICS_TOKEN) and constant_time_compare(given, settings.METRICS_TOKEN)
