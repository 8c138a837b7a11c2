"""Reading tasks for the API."""

import uuid
from typing import NamedTuple

from django.db.models import Q, QuerySet, UUIDField

from accounts.models import User
from generation.models import GenerationTask
from smartspec.lib import cursors
from smartspec.lib.errors import NotFound
from smartspec.lib.prepared import Given, Prepared

TASK, USER = Given("task", UUIDField()), Given("user", UUIDField())
FILTERS = {"media_type": "task_type", "status": "status", "model_id": "model_id"}
RANGES = {"created_after": "created_at__gt", "created_before": "created_at__lt"}


class Standing(NamedTuple):
    """Where a task stands: all that makes its status another one, save for the time that goes by."""

    id: uuid.UUID
    status: str
    task_type: str
    sequence: int
    progress: float
    is_late: bool

    @property
    def etag(self) -> str:
        return f'"{self.id}-{self.sequence}-{self.progress:.2f}{"-late" if self.is_late else ""}"'


def with_outputs(tasks: QuerySet) -> QuerySet:
    return tasks.prefetch_related("outputs__asset__renditions", "gallery_items")


def of(user: User) -> QuerySet:
    return GenerationTask.objects.owned_by(user).visible()


def one(user: User, task_id: uuid.UUID) -> GenerationTask:
    """This user's task; somebody else's does not exist."""
    task = with_outputs(of(user)).filter(pk=task_id).first()
    if task is None:
        raise NotFound
    return task


def bare(user: User, task_id: uuid.UUID) -> GenerationTask:
    """The same without its outputs."""
    task = of(user).filter(pk=task_id).first()
    if task is None:
        raise NotFound
    return task


def standing_of(task: GenerationTask) -> Standing:
    return Standing(*(getattr(task, name) for name in Standing._fields))


def standing(user: User, task_id: uuid.UUID) -> Standing | None:
    """The one small query that a status asked again and again may cost."""
    rows = _standings.rows(task=task_id, user=user.pk)
    return Standing(*rows[0]) if rows else None


@Prepared
def _standings() -> QuerySet:
    mine = GenerationTask.objects.filter(pk=TASK, user_id=USER).visible()
    return mine.order_by().values_list(*Standing._fields)


def filtered(tasks: QuerySet, query: dict) -> QuerySet:
    """By the filters of the list and the history; `q` is looked for in the prompt."""
    for name, field in (FILTERS | RANGES).items():
        if query.get(name) is not None:
            tasks = tasks.filter(**{field: query[name]})
    if query.get("q"):
        tasks = tasks.filter(prompt__icontains=query["q"])
    return tasks


def newest_after(tasks: QuerySet, cursor: str | None) -> QuerySet:
    """Newest first, from where `cursor` left off."""
    tasks = tasks.order_by("-created_at", "-id")
    if not cursor:
        return tasks
    created, last = cursors.unpack(cursor, size=2)
    try:
        when, last_id = cursors.moment(created), uuid.UUID(last)
    except ValueError as error:
        raise cursors.bad_cursor() from error
    return tasks.filter(created_at__lte=when).filter(Q(created_at__lt=when) | Q(id__lt=last_id))
