"""More than a process can answer is refused at once: waiting in a line that grows helps nobody."""

import threading

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from smartspec import unanswered

ALWAYS = frozenset({"/healthz", "/readyz", "/metrics"})  # who looks after us needs an answer most of all then


class Shed:
    """At most REQUESTS_AT_ONCE requests of a process are worked on; others get 503 and Retry-After.

    The server must have some threads more than that, which are free to say no. An event stream gives its
    place back when it begins: STREAM_PLACES counts those.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.places = threading.BoundedSemaphore(settings.REQUESTS_AT_ONCE)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info in ALWAYS:
            return self.get_response(request)
        if not self.places.acquire(blocking=False):
            return unanswered.too_busy(request)
        try:
            return self.get_response(request)
        finally:
            self.places.release()
