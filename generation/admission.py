"""Whose turn is it? Tasks wait outside the worker's due rows until there is room for them.

What cannot start now costs nothing: it is not due. Room is given in turn by user, so that nobody's
thousand tasks stand before somebody else's one. A request looks at its own user's tasks only; whether
the whole system has room is the worker's question.
"""

import time
from collections import Counter
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, F, Q, QuerySet, UUIDField, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from accounts.models import User
from generation import pace
from generation.errors import TooManyTasks
from generation.models import NOT_ADMITTED, GenerationTask
from smartspec.lib.prepared import Given, Prepared

USER = Given("user", UUIDField())
RETRY_AFTER_SECONDS = 30
FRONT = "generation:front"  # of the line, for all workers that share a cache
LONG, REMEMBER_SECONDS = 1000, 2.0


def first_due(user: User) -> datetime:
    """When a new task of this user is first due: now, or when its turn comes. Raises TooManyTasks."""
    live, in_flight = next(iter(_counts.rows(user=user.pk)), (0, 0))
    if live >= settings.GENERATION_MAX_WAITING_PER_USER:
        raise TooManyTasks(retry_after=RETRY_AFTER_SECONDS)
    has_share_left = in_flight < settings.GENERATION_MAX_IN_FLIGHT_PER_USER
    return timezone.now() if has_share_left else NOT_ADMITTED


@Prepared
def _counts() -> QuerySet:
    """A user's unfinished tasks, and how many of them are admitted; no row when there are none."""
    live = GenerationTask.objects.owned_by(USER).unfinished().order_by().values("user")
    in_flight = Count("pk", filter=~Q(due_at=NOT_ADMITTED))
    return live.annotate(live=Count("pk"), in_flight=in_flight).values_list("live", "in_flight")


def must_wait(task: GenerationTask) -> bool:
    """Before a task starts that was not called up: is there room, and nobody before it?"""
    if task.admitted_at is not None:
        return False
    return under_way() >= settings.GENERATION_MAX_IN_FLIGHT or somebody_is_before()


def join_the_line(task: GenerationTask) -> bool:
    """End the claim on a task that cannot start now; `admit` calls it up."""
    return task.write(due_at=NOT_ADMITTED, admitted_at=None, lease_until=None, tries=0)


def somebody_waits() -> bool:
    return GenerationTask.objects.waiting_for_admission().exists()


def somebody_is_before() -> bool:
    """Does a task wait whose user could start one more? Who waits for their own tasks holds up nobody."""
    if not somebody_waits():
        return False
    counted = GenerationTask.objects.in_flight().values("user_id").annotate(count=Count("id")).order_by()
    at_their_limit = counted.filter(count__gte=settings.GENERATION_MAX_IN_FLIGHT_PER_USER).values("user_id")
    return GenerationTask.objects.waiting_for_admission().exclude(user_id__in=at_their_limit).exists()


def under_way() -> int:
    """How many tasks have started, counted no further than the limit."""
    started = GenerationTask.objects.filter(status="processing").order_by()
    return started[: settings.GENERATION_MAX_IN_FLIGHT].count()


def room() -> int:
    """How many more tasks may be called up now."""
    called = GenerationTask.objects.filter(status="pending", due_at__lt=NOT_ADMITTED)
    about_to_start = called.order_by()[: settings.GENERATION_CREATES_PER_WINDOW + 1].count()
    return min(settings.GENERATION_MAX_IN_FLIGHT - under_way(), pace.free_slots()) - about_to_start


def admit() -> int:
    """Make as many waiting tasks due as there is room for; returns how many.

    Two workers may do this at once and admit a few too many; the pace of creates holds all the same.
    """
    if not somebody_waits():
        return 0
    free = room()
    if free <= 0:
        return 0
    chosen = next_in_turn(free)
    waiting = GenerationTask.objects.waiting_for_admission().filter(pk__in=chosen)
    now = timezone.now()
    return waiting.update(due_at=now, admitted_at=now)


def next_in_turn(count: int) -> list:
    """Ids of the tasks whose turn it is: first those of users with the least under way, then by age.

    Reading the line costs as much as it is long, so a long one is read every two seconds at most.
    """
    read_until, ids = cache.get(FRONT) or (0.0, [])
    if time.time() >= read_until:
        ids, length = front_of_the_line(max(count, settings.GENERATION_CREATES_PER_WINDOW))
        read_until = time.time() + (REMEMBER_SECONDS if length > LONG else 0)
    if time.time() < read_until:
        cache.set(FRONT, (read_until, ids[count:]), REMEMBER_SECONDS)
    return ids[:count]


def front_of_the_line(count: int) -> tuple[list, int]:
    """The next `count` ids, and how many tasks wait in all."""
    turn = Window(RowNumber(), partition_by=F("user_id"), order_by=["created_at", "id"])
    everybody = GenerationTask.objects.waiting_for_admission().order_by()
    waiting = everybody.annotate(turn=turn, length=Window(Count("pk"))).filter(turn__lte=count)
    counted = GenerationTask.objects.in_flight().values_list("user_id").annotate(Count("id")).order_by()
    in_flight = Counter(dict(counted))
    rows = list(waiting.values_list("pk", "user_id", "created_at", "turn", "length"))
    places = [
        (in_flight[user_id] + nth, created_at, pk)
        for pk, user_id, created_at, nth, _length in rows
        if in_flight[user_id] + nth <= settings.GENERATION_MAX_IN_FLIGHT_PER_USER
    ]
    return [pk for _place, _created, pk in sorted(places)[:count]], rows[0][-1] if rows else 0
