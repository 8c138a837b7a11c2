"""More than a process can answer is refused at once: waiting in a line that grows helps nobody."""

import logging
import threading
import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from smartspec import unanswered

log = logging.getLogger(__name__)

ALWAYS = frozenset({"/healthz", "/readyz", "/metrics"})  # who looks after us needs an answer most of all then


class Shed:
    """At most REQUESTS_AT_ONCE requests of a process are worked on; others get 503 and Retry-After.

    The server must have some threads more than that, which are free to say no. An event stream gives its
    place back when it begins: STREAM_PLACES counts those.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.places = threading.BoundedSemaphore(settings.REQUESTS_AT_ONCE)
        self.spoke = -1.0  # when this was last logged

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info in ALWAYS:
            return self.get_response(request)
        if not self.places.acquire(blocking=False):
            return self.refuse(request)
        try:
            return self.get_response(request)
        finally:
            self.places.release()

    def refuse(self, request: HttpRequest) -> HttpResponse:
        """One line a second at most: a log of everybody who was sent away would be work, too."""
        if (now := time.monotonic()) > self.spoke + 1:
            self.spoke = now
            log.warning("all %s places are taken: requests are sent away", settings.REQUESTS_AT_ONCE)
        response = unanswered.too_busy(request)
        response._has_been_logged = True  # as Django marks it
        return response
