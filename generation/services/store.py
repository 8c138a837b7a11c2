"""Bring the results home: read where they are, fetch, check the bytes, put them into storage, verify."""

import logging
import uuid
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from generation import catalogue, provider, unknown_words
from generation.models import GenerationTask
from generation.provider import errors
from generation.services.fail import fail
from generation.services.refresh import family_of, must_wait
from generation.states import RENDERING
from smartspec.lib import crash_points
from smartspec.lib.due import backoff
from storage_app import conversion, deletion, fetching, keys, placing, probing, renditions
from storage_app.errors import FetchFailed, StorageFailed, Unreadable
from storage_app.models import Asset
from storage_app.probing import Facts
from storage_app.provenance import Making

log = logging.getLogger(__name__)

FETCH_SECONDS = 1200.0


@dataclass(frozen=True)
class Stored:
    """One output that lies in storage under `key`, not yet in a row."""

    asset_id: uuid.UUID
    key: str
    facts: Facts


class NothingDelivered(Exception):
    """The provider says success and names no file."""


# What may go wrong on the way home, and what the task is told when it keeps going wrong.
TROUBLES = {
    errors.ProviderError: "result_unavailable",
    NothingDelivered: "result_unavailable",
    FetchFailed: "result_unavailable",
    Unreadable: "result_unavailable",
    StorageFailed: "storage_error",
}


def store(task: GenerationTask) -> None:
    """storing → rendering, or another attempt later, or failed when the attempts are used up."""
    if not task.result_urls and must_wait(task):
        return
    try:
        stored = bring_home(task)
    except tuple(TROUBLES) as error:
        _again(task, error)
        return
    now = timezone.now()
    with transaction.atomic():
        if task.move_to(RENDERING, who="worker", keeps_claim=True, due_at=now, progress=0.95, result_urls=[]):
            task.stored_here = record(task, stored)
            crash_points.reach("store.recorded")


def bring_home(task: GenerationTask) -> list[Stored]:
    """Every output of a finished order, in storage; twice puts the same bytes under the same keys.

    The reading that found the order finished has left its addresses; they serve one attempt.
    """
    urls = task.result_urls or provider.client().read(family_of(task), task.external_task_id).urls
    if not urls:
        raise NothingDelivered("success without a result URL")
    return [_bring(task, url, number) for number, url in enumerate(urls, start=1)]


def asset_id_of(task: GenerationTask, number: int) -> uuid.UUID:
    """The same for the same output however often it is stored."""
    return uuid.uuid5(task.id, str(number))


def _bring(task: GenerationTask, url: str, number: int) -> Stored:
    with ExitStack() as stack:
        path = _in_wanted_format(task, stack.enter_context(_fetched(task, url)), stack)
        facts = probing.describe(path, media_type=task.task_type)
        crash_points.reach("store.fetched")
        key = keys.generated(task.task_type, task.user_id, task.id, facts.ext, number)
        asset_id = asset_id_of(task, number)
        # whatever becomes of us, nothing is left behind
        deletion.discard_unless_adopted("private", [key, *renditions.first_keys(asset_id, facts)])
        crash_points.reach("store.announced")
        placing.put(path, key=key, content_type=facts.content_type)
        crash_points.reach("store.put")
    return Stored(asset_id, key, facts)


def _fetched(task: GenerationTask, url: str):
    """The result as a file on this machine; an address that has run out is renewed once."""
    limits = {
        "allowed_hosts": settings.GENERATION_RESULT_HOSTS,
        "max_bytes": settings.GENERATION_MAX_RESULT_BYTES[task.task_type],
        "deadline": FETCH_SECONDS,
    }
    if task.tries > 1:
        try:
            url = provider.client().fresh_url(url)
        except errors.ProviderError as error:
            log.info("task %s: no fresh address: %s", task.id, error.raw)
            if not error.known:
                unknown_words.tell("link", error.raw)
    return fetching.fetch(url, **limits)


def _in_wanted_format(task: GenerationTask, path: Path, stack: ExitStack) -> Path:
    """The provider speaks in mp3 only; a wave file is made here."""
    if task.task_type == "audio" and task.input_params.get("output_format") == "wav":
        return stack.enter_context(conversion.as_wav(path))
    return path


def record(task: GenerationTask, stored: list[Stored]) -> list[Asset]:
    """Rows that own the objects, in the transaction that moves the task on: nobody else writes them."""
    deletion.adopt("private", [each.key for each in stored])
    made = making(task)
    return [
        placing.record_new(asset_id=each.asset_id, key=each.key, facts=each.facts, making=made)
        for each in stored
    ]


def making(task: GenerationTask) -> Making:
    """What a published copy will say of itself."""
    name = catalogue.get_model(task.model_id).name
    return Making(model=name, made_at=timezone.now(), is_composite=bool(task.reference_files))


def _again(task: GenerationTask, error: Exception) -> None:
    log.warning("task %s: result not stored (attempt %s): %s", task.id, task.tries, error)
    if task.tries < settings.GENERATION_STORE_ATTEMPTS:
        task.put_back(delay=backoff(task.tries), result_urls=[])
        return
    code = next(code for kind, code in TROUBLES.items() if isinstance(error, kind))
    fail(task, code=code, raw=str(error))
