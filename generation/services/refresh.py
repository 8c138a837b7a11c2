"""Read a task from the provider with our own key: the only thing that ever changes a task in flight."""

import logging
import random
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from generation import admission, alarms, catalogue, exchanges, outlook, pace, provider, unknown_words
from generation.models import GenerationTask
from generation.provider import Reading, errors
from generation.provider.overhearing import overhearing
from generation.services.fail import fail
from generation.states import GENERATING, STORING, WAITING
from smartspec.lib import crash_points

log = logging.getLogger(__name__)

# By the age of the order in seconds: how many times the first interval to wait until the next reading.
SLOWER_WITH_AGE = ((30, 1), (120, 2.5), (600, 7.5), (float("inf"), 15))
LATE_LOOKS = 8
LATE_LOOK_EVERY = timedelta(minutes=15)
FRESH_HINT = timedelta(seconds=10)


def poll_delay(task: GenerationTask) -> timedelta:
    """By age, and never so short that all together would ask more often than they may."""
    age = (timezone.now() - task.started_at).total_seconds()
    factor = next(factor for limit, factor in SLOWER_WITH_AGE if age < limit)
    seconds = max(settings.GENERATION_POLL_SECONDS * factor, seconds_for_all())
    return timedelta(seconds=seconds * random.uniform(0.9, 1.1))


def seconds_for_all() -> float:
    """How long it takes to read every task under way once."""
    return admission.under_way() / pace.unhurried_per_second()


def must_wait(task: GenerationTask) -> bool:
    """Whether the provider was asked enough for now: then this reading goes back behind the others.

    What a callback has just woken goes first.
    """
    is_hinted = task.callback_at is not None and timezone.now() - task.callback_at < FRESH_HINT
    if pace.may_read(urgent=is_hinted):
        return False
    longest = 0.5 if is_hinted else max(1.0, seconds_for_all())
    task.put_back(delay=timedelta(seconds=random.uniform(0.1, longest)), tries=task.tries - 1)
    return True


def family_of(task: GenerationTask) -> str:
    return catalogue.get_model(task.model_id).family


def refresh(task: GenerationTask) -> None:
    """waiting | generating → generating | storing | failed, or another look later."""
    if must_wait(task):
        return
    before = task.state
    with overhearing() as heard:
        _read(task)
    if task.state != before:
        exchanges.keep(task, exchanges.Kind.READING, heard)


def _read(task: GenerationTask) -> None:
    try:
        reading = provider.client().read(family_of(task), task.external_task_id)
    except errors.RecordMissing as error:
        _missing(task, error)
    except errors.ProviderError as error:
        log.info("task %s: reading failed: %s", task.id, error.raw)
        if error.fault == "operator":
            alarms.sound(alarms.KINDS[type(error)], alarms.ACCOUNT, error.raw)
        if not error.known:
            unknown_words.tell("reading", error.raw, prompt=task.prompt)
        later(task)
    else:
        _apply(task, reading)


def _apply(task: GenerationTask, reading: Reading) -> None:
    crash_points.reach("refresh.read")
    if reading.credits is not None:
        task.write(upstream_credits=reading.credits)
    if reading.state == "succeeded":
        found = {"progress": outlook.MADE, "result_urls": list(reading.urls)}
        task.move_to(STORING, who="worker", keeps_claim=True, due_at=timezone.now(), **found)
    elif reading.state == "failed":
        if not reading.failure.known:
            unknown_words.tell("failure", reading.failure.raw, prompt=task.prompt)
        fail(task, code=reading.failure.code, raw=reading.failure.raw, upstream_credits=0)
    elif reading.stage == "generating" and task.state == WAITING:
        seen = outlook.noted(task)
        task.move_to(GENERATING, who="worker", due_at=timezone.now() + poll_delay(task), **seen)
    else:
        later(task)


def _missing(task: GenerationTask, error: errors.RecordMissing) -> None:
    """Not visible yet, or never: the provider needs a while to show what it has just accepted."""
    grace = timedelta(seconds=settings.GENERATION_RECORD_GRACE_SECONDS)
    if timezone.now() < task.started_at + grace:
        later(task)
    else:
        fail(task, code="provider_error", raw=error.raw)


def later(task: GenerationTask) -> None:
    """Look again, unless the deadline has passed; then the user gets the credits back."""
    if timezone.now() < task.deadline_at:
        task.put_back(delay=poll_delay(task), tries=0, **outlook.noted(task))
    elif fail(task, code="provider_timeout", raw="no result before the deadline"):
        look_again_after_the_end(task)


def look_again_after_the_end(task: GenerationTask) -> None:
    """A result that comes late is still delivered, free of charge."""
    task.put_back(delay=LATE_LOOK_EVERY, tries=0)


def confirm(task: GenerationTask) -> None:
    """unconfirmed → waiting once a callback has named the order and the provider shows it as ours."""
    if task.claimed_external_id:
        if must_wait(task):
            return
        with overhearing() as heard:
            is_settled = _settle(task)
        exchanges.keep_once(task, exchanges.Kind.READING, heard)
        if is_settled:
            return
    if timezone.now() < task.deadline_at:
        delay = timedelta(seconds=settings.GENERATION_POLL_SECONDS * 5)
        task.put_back(delay=delay, tries=0, **outlook.noted(task))
    else:
        fail(task, code="provider_timeout", raw="it never became known whether the provider took the order")


def _settle(task: GenerationTask) -> bool:
    """Take over the order that a callback has named, if it is ours and no other task's."""
    if not is_ours(task, task.claimed_external_id):
        return False
    if GenerationTask.objects.filter(external_task_id=task.claimed_external_id).exists():
        return False
    known = {"external_task_id": task.claimed_external_id, "due_at": timezone.now()}
    return task.move_to(WAITING, who="callback", **known)


def is_ours(task: GenerationTask, external_id: str) -> bool:
    """Does the provider's record of this id carry our secret, or at least not somebody else's?"""
    try:
        reading = provider.client().read(family_of(task), external_id)
    except errors.ProviderError:
        return False
    crash_points.reach("confirm.read")
    return reading.callback_url is None or task.callback_token in reading.callback_url
