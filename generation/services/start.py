"""Buy the task at the provider: the intent is committed first, and a doubtful purchase is never repeated."""

import logging
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from generation import (
    admission,
    alarms,
    availability,
    breaker,
    catalogue,
    exchanges,
    pace,
    passing_on,
    provider,
    unknown_words,
)
from generation.catalogue import ModelSpec, UpstreamRequest
from generation.models import GenerationTask
from generation.provider import errors
from generation.provider.overhearing import overhearing
from generation.services.fail import fail
from generation.states import QUEUED, SUBMITTING, UNCONFIRMED, WAITING
from smartspec.lib import crash_points
from smartspec.lib.due import backoff
from smartspec.lib.errors import InvalidInput
from storage_app.errors import FetchFailed, FileTooLarge, InProgress, QuotaExceeded, StorageFailed, Unreadable

log = logging.getLogger(__name__)

# What may be wrong with a reference file before anything is bought; `retryable` says whether to wait.
UNUSABLE = (
    errors.ProviderError,
    *(FetchFailed, FileTooLarge, InProgress, QuotaExceeded, StorageFailed, Unreadable),
)


def start(task: GenerationTask) -> None:
    """queued → submitting → waiting, or back to queued when certainly nothing was bought."""
    if admission.must_wait(task):
        admission.join_the_line(task)
        return
    if pause := breaker.wait_for(task.model_id):
        task.put_back(delay=pause, tries=0)
        return
    if not pace.take_slot():
        admission.join_the_line(task)
        return
    spec = catalogue.get_model(task.model_id)
    crash_points.reach("start.claimed")
    try:
        request = _request(spec, task)
    except InvalidInput as error:
        fail(task, code="invalid_input", raw=str(error.detail))
        return
    except UNUSABLE as error:
        _reference_failed(task, error)
        return
    if _commit_intent(task):
        _buy(task, request)


def _request(spec: ModelSpec, task: GenerationTask) -> UpstreamRequest:
    given = task.input_params
    named = {
        option.name: given[option.name]
        for option in spec.options
        if option.is_reference and option.name in given
    }
    options = {name: value for name, value in given.items() if name not in named}
    return catalogue.upstream_request(spec, task.prompt, options, passing_on.fetchable(task, spec, named))


def _reference_failed(task: GenerationTask, error: Exception) -> None:
    """A reference file could not be passed on; nothing was bought. An operator's faults are waited for."""
    if not getattr(error, "known", True):
        unknown_words.tell("upload", error.raw, prompt=task.prompt)
    if getattr(error, "fault", "") == "operator":
        _tell_operator(task, error)
        task.put_back(delay=breaker.wait_for(task.model_id) or backoff(task.tries), tries=0)
    elif error.retryable and task.tries < settings.GENERATION_STORE_ATTEMPTS:
        task.put_back(delay=backoff(task.tries))
    else:
        fail(task, code="invalid_input", raw=f"reference: {error}")


def _commit_intent(task: GenerationTask) -> bool:
    """Before a byte leaves, the row says that it may have: whoever finds it later will not send again."""
    now = timezone.now()
    deadline = timedelta(seconds=settings.GENERATION_DEADLINE_SECONDS[task.task_type])
    times = {"due_at": now, "started_at": task.started_at or now, "deadline_at": now + deadline}
    return task.move_to(SUBMITTING, who="worker", keeps_claim=True, **times)


def callback_url(task: GenerationTask) -> str:
    path = reverse("kie-callback", kwargs={"task_id": task.id, "token": task.callback_token})
    return f"{settings.CALLBACK_URL}{path}"


def _buy(task: GenerationTask, request: UpstreamRequest) -> None:
    crash_points.reach("start.intended")
    with overhearing() as heard:
        _create(task, request)
    exchanges.keep(task, exchanges.Kind.ORDER, heard)


def _create(task: GenerationTask, request: UpstreamRequest) -> None:
    now = timezone.now()
    try:
        external_id = provider.client().create(request, callback_url=callback_url(task))
    except errors.OutcomeUnknown as error:
        crash_points.reach("start.doubted")
        _trace(task, error)
        log.warning("task %s: outcome of the create is unknown: %s", task.id, error.raw)
        if breaker.strike(task.model_id):
            alarms.sound("breaker_open", task.model_id, error.raw)
        task.move_to(UNCONFIRMED, who="worker", why=error.raw, due_at=timezone.now())
    except errors.ProviderError as error:
        _refused(task, error)
    else:
        crash_points.reach("start.bought")
        breaker.close(task.model_id)
        moved = task.move_to(WAITING, who="worker", external_task_id=external_id, due_at=now + first_poll())
        if not moved:  # our claim was lost while the provider answered: leave what we learnt for its heir
            GenerationTask.objects.unfinished().filter(pk=task.pk, external_task_id=None).update(
                claimed_external_id=external_id, due_at=now
            )
        crash_points.reach("start.recorded")


def first_poll() -> timedelta:
    return timedelta(seconds=settings.GENERATION_POLL_SECONDS)


def _refused(task: GenerationTask, error: errors.ProviderError) -> None:
    """Nothing was bought. Our own troubles and theirs wait; what the user can mend ends here."""
    _trace(task, error)
    if error.fault == "operator":
        _tell_operator(task, error)
    if not error.retryable:
        fail(task, code=error.code, raw=error.raw)
        return
    pause = breaker.wait_for(task.model_id) or backoff(task.tries, cap=60)
    if error.retry_after:
        pause = max(pause, timedelta(seconds=error.retry_after))
    task.move_to(QUEUED, who="worker", why=error.raw, due_at=timezone.now() + pause)


def _trace(task: GenerationTask, error: errors.ProviderError) -> None:
    """A refusal in words that nobody has seen is counted for the operator."""
    if not error.known:
        unknown_words.tell("order", error.raw, prompt=task.prompt)


def _tell_operator(task: GenerationTask, error: errors.ProviderError) -> None:
    kind = alarms.KINDS[type(error)]
    if isinstance(error, errors.ModelSwitchedOff):
        availability.switch_off(task.model_id, reason=error.raw)
        alarms.sound(kind, task.model_id, error.raw)
    else:
        breaker.pause_account()
        alarms.sound(kind, alarms.ACCOUNT, error.raw)


def doubt(task: GenerationTask) -> None:
    """submitting → unconfirmed: its worker is gone, and whether the order left with it is not known."""
    task.move_to(UNCONFIRMED, who="worker", why="the worker that submitted it is gone", due_at=timezone.now())
