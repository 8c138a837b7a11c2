"""How many requests were answered, and in which time."""

import time

from django.http import HttpRequest
from prometheus_client import Counter, Histogram

from smartspec.lib.counts import OWN, SECONDS

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
NO_ROUTE = "none"  # static files, and what met no view at all

requests = Counter("smartspec_requests", "Requests answered.", ["method", "route", "status"], registry=OWN)
seconds = Histogram(
    "smartspec_request_seconds",
    "From a request's start to its answer.",
    ["area"],
    buckets=SECONDS,
    registry=OWN,
)


class Count:
    """Outermost: what other middleware answers is counted, too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        begun = time.perf_counter()
        response = self.get_response(request)
        route = route_of(request)
        method = request.method if request.method in METHODS else "other"
        requests.labels(method, route, str(response.status_code)).inc()
        seconds.labels(area_of(route)).observe(time.perf_counter() - begun)
        return response


def route_of(request: HttpRequest) -> str:
    """The pattern, never the address: that has as many values as there are works."""
    match = getattr(request, "resolver_match", None)
    return f"/{match.route.removeprefix('^')}" if match else NO_ROUTE


def area_of(route: str) -> str:
    first = route.split("/")[1] if route.startswith("/") else route
    return {
        "api": "api",
        "admin": "admin",
        "media": "media",
        "callbacks": "callbacks",
        NO_ROUTE: NO_ROUTE,
    }.get(first, "pages")
