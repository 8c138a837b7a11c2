"""How long until a task's turn comes: its place in the line, and the pace at which the line moves."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count

from generation.models import NOT_ADMITTED, GenerationTask

REMEMBER_SECONDS = 2  # many may ask while thousands wait


@dataclass(frozen=True)
class Line:
    """How many tasks of each user wait, and how many are called up or under way."""

    waiting: Mapping[UUID, int]
    in_flight: Mapping[UUID, int]

    def before(self, user_id: UUID, nth: int) -> int:
        """How many tasks are called up before this user's `nth` waiting one (1 is the first)."""
        place = self.in_flight.get(user_id, 0) + nth
        others = (
            min(count, max(0, place - self.in_flight.get(other, 0)))
            for other, count in self.waiting.items()
            if other != user_id
        )
        return nth - 1 + sum(others)


def wait_ms(user_id: UUID, usual_ms: int, *, task: GenerationTask | None = None) -> float:
    """Until this task, or one more of this user, starts; `usual_ms` is what tasks like it take."""
    if task is not None and task.due_at != NOT_ADMITTED:
        return 0.0
    line = now()
    nth = place_of(task) if task else line.waiting.get(user_id, 0) + 1
    if task is None and fits_at_once(line, user_id):
        return 0.0
    before = line.before(user_id, nth)
    room = settings.GENERATION_MAX_IN_FLIGHT - sum(line.in_flight.values())
    share = settings.GENERATION_MAX_IN_FLIGHT_PER_USER - line.in_flight.get(user_id, 0)
    return max(
        before * 1000 * settings.GENERATION_CREATE_WINDOW_SECONDS / settings.GENERATION_CREATES_PER_WINDOW,
        rounds(before + 1 - room, settings.GENERATION_MAX_IN_FLIGHT) * usual_ms,
        rounds(nth - share, settings.GENERATION_MAX_IN_FLIGHT_PER_USER) * usual_ms,
    )


def fits_at_once(line: Line, user_id: UUID) -> bool:
    """Nobody waits, and neither the user's share nor the system's is used up."""
    under_way = sum(line.in_flight.values())
    return (
        not line.waiting
        and under_way < settings.GENERATION_MAX_IN_FLIGHT
        and line.in_flight.get(user_id, 0) < settings.GENERATION_MAX_IN_FLIGHT_PER_USER
    )


def rounds(too_many: int, places: int) -> int:
    """How often all places have to become free again until `too_many` more have had one."""
    return ceil(max(0, too_many) / max(1, places))


def place_of(task: GenerationTask) -> int:
    """Its place among its own user's waiting tasks, oldest first."""
    own = GenerationTask.objects.waiting_for_admission().filter(user_id=task.user_id)
    return own.filter(created_at__lt=task.created_at).count() + 1


def now() -> Line:
    """As it was at most two seconds ago."""
    known = cache.get("generation:line")
    if known is None:
        tasks = GenerationTask.objects
        known = Line(by_user(tasks.waiting_for_admission()), by_user(tasks.in_flight()))
        cache.set("generation:line", known, REMEMBER_SECONDS)
    return known


def by_user(tasks) -> dict[UUID, int]:
    return dict(tasks.values_list("user_id").annotate(Count("id")).order_by())
