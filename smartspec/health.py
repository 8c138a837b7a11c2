"""Is the process up, and can it do its work?"""

import os

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import storages
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from smartspec.lib.outages import RETRY_AFTER_SECONDS
from storage_app.errors import StorageFailed


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the process takes requests; a balancer may look here often, for nothing else is asked."""
    return leaving() if is_leaving() else JsonResponse({"status": "ok"})


def is_leaving() -> bool:
    """Somebody is about to stop this process: what is under way is finished, new requests go elsewhere."""
    return bool(settings.LEAVING_MARK) and os.path.exists(settings.LEAVING_MARK)


def leaving() -> JsonResponse:
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
    response = JsonResponse({"status": "leaving"}, status=503, headers=headers)
    response._has_been_logged = True  # nothing broke
    return response


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def cache_answers() -> bool:
    try:
        cache.set("readyz", "ok", 5)
        return cache.get("readyz") == "ok"
    except OSError:
        return False


def storage_answers() -> bool:
    try:
        storages["private"].exists("readyz")
    except (OSError, StorageFailed):
        return False
    return True


CHECKS = {"database": database_answers, "cache": cache_answers, "storage": storage_answers}
DISPENSABLE = {"cache"}  # all goes on without it, so no balancer should take us away


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when everything answers that is needed, else 503; in public only ok or failed, never why."""
    if is_leaving():
        return leaving()
    answers = {name: "ok" if check() else "failed" for name, check in CHECKS.items()}
    healthy = all(answer == "ok" for name, answer in answers.items() if name not in DISPENSABLE)
    return JsonResponse(
        {"status": "ok" if healthy else "failed", "checks": answers}, status=200 if healthy else 503
    )
