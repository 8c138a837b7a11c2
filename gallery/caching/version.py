"""Which state of the site is the present one, as the shared database tells it."""

import threading
import time

from django.db import DatabaseError
from django.db.models import Count, Sum

from gallery.models import SiteChange

TRUSTED_SECONDS = 0.5

Version = tuple[int, int]


class SiteVersion:
    """Asked of the database at most once in TRUSTED_SECONDS per process; None while it cannot be known."""

    def __init__(self):
        self._asking = threading.Lock()
        self._known: Version | None = None
        self._until = 0.0

    def __call__(self) -> Version | None:
        if time.monotonic() < self._until:
            return self._known
        with self._asking:
            if time.monotonic() >= self._until:
                began = time.monotonic()
                self._known = read()
                self._until = began + TRUSTED_SECONDS
            return self._known


def read() -> Version | None:
    try:
        found = SiteChange.objects.aggregate(rows=Count("pk"), tokens=Sum("token"))
    except DatabaseError:
        return None
    return found["rows"], found["tokens"] or 0
