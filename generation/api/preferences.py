"""`Prefer: wait=N` (RFC 7240): answer with the finished task when it finishes soon."""

import re
import threading
import time
import uuid
from contextlib import contextmanager

from django.conf import settings
from rest_framework.request import Request

from generation.models import LIVE_STATUSES, GenerationTask
from smartspec.lib.lending import give_back

WAIT = re.compile(r"(?:^|[,;\s])wait\s*=\s*\"?(\d{1,6})\"?(?:$|[,;\s])", re.IGNORECASE)
LONGEST_SECONDS = 25
LOOK_EVERY_SECONDS = 0.25

# A waiting request holds a thread of the web process; the others must stay free for pages.
_places = threading.BoundedSemaphore(settings.WAITING_PLACES)


def wanted_wait(request: Request) -> int | None:
    """Seconds, at most 25; None when the caller does not want to wait."""
    found = WAIT.search(request.headers.get("Prefer", ""))
    return min(int(found[1]), LONGEST_SECONDS) if found else None


def waited(task_id: uuid.UUID, seconds: int) -> bool:
    """True when the task became final within `seconds`; False at once when every place is taken."""
    with _place() as free:
        if not free:
            return False
        end = time.monotonic() + seconds
        while not _is_final(task_id):
            if time.monotonic() >= end:
                return False
            give_back()
            time.sleep(LOOK_EVERY_SECONDS)
    return True


def _is_final(task_id: uuid.UUID) -> bool:
    return not GenerationTask.objects.filter(pk=task_id, status__in=LIVE_STATUSES).exists()


@contextmanager
def _place():
    free = _places.acquire(blocking=False)
    try:
        yield free
    finally:
        if free:
            _places.release()
