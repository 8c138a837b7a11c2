"""The door to the queue: wake a worker for a row that is already due.

A wake-up carries a dotted name and ids, never objects. It may be lost or delivered twice: the row's
due time is what counts, and the worker's sweep finds it.
"""

import logging

from django.conf import settings
from django.db import transaction
from django_q.tasks import async_task
from redis.exceptions import RedisError

from smartspec.lib import crash_points

log = logging.getLogger(__name__)


def wake(job: str, *args: str) -> None:
    """Enqueue `job` (dotted name) with plain string arguments.

    With the ORM broker the wake-up is a row of the surrounding transaction, so it appears exactly
    when the work does. With Redis it goes out after the commit and a failure is only logged.
    """
    if settings.QUEUE_BROKER == "redis":
        transaction.on_commit(lambda: _send(job, args), robust=True)
    else:
        async_task(job, *args)
    crash_points.reach("wake.sent")


def _send(job: str, args: tuple[str, ...]) -> None:
    try:
        async_task(job, *args)
    except (OSError, RedisError) as error:
        log.warning("wake-up for %s not sent: %s", job, error)
