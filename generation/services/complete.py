"""Deliver: outputs, credit capture and `completed` in one transaction."""

import logging
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from accounts import ledger
from generation import provider, signals
from generation.models import GenerationTask, TaskOutput
from generation.provider import errors
from generation.services import store
from generation.services.refresh import LATE_LOOK_EVERY, LATE_LOOKS, family_of, is_ours, must_wait
from generation.states import COMPLETED
from smartspec.lib import crash_points
from smartspec.lib.prepared import insert
from storage_app import renditions
from storage_app.models import Asset, Rendition

log = logging.getLogger(__name__)


def render(task: GenerationTask) -> None:
    """rendering → completed. The first thumbnail may fail; the work is delivered all the same."""
    assets = task.stored_here or list(_stored_assets(task))
    is_announced = task.stored_here is not None
    drawn = [row for asset in assets for row in renditions.draw_first(asset, is_announced=is_announced)]
    crash_points.reach("render.done")
    complete(task, assets, drawn)


def _stored_assets(task: GenerationTask):
    number = 1
    while asset := Asset.objects.filter(pk=store.asset_id_of(task, number)).first():
        yield asset
        number += 1


def complete(task: GenerationTask, assets: list[Asset], drawn: Sequence[Rendition] = ()) -> bool:
    now = timezone.now()
    with transaction.atomic():
        if not task.move_to(
            COMPLETED,
            who="worker",
            progress=1.0,
            credits_used=task.hold.amount,
            processing_time_ms=max(0, int((now - task.started_at).total_seconds() * 1000)),
        ):
            return False
        crash_points.reach("complete.moved")
        renditions.keep_first(drawn)
        _deliver(task, assets)
        ledger.capture(task.hold)
        crash_points.reach("complete.captured")
        signals.task_completed.send(sender=GenerationTask, task=task)
    crash_points.reach("complete.committed")
    return True


def _deliver(task: GenerationTask, assets: list[Asset]) -> None:
    for number, asset in enumerate(assets, start=1):
        insert(TaskOutput(task=task, asset=asset, number=number))


def receive_late(task: GenerationTask) -> None:
    """failed → completed, free of charge: the result came after we had given up and paid back."""
    if must_wait(task):
        return
    if not _may_still_come(task):
        task.finish()
        return
    try:
        stored = store.bring_home(task)
    except tuple(store.TROUBLES) as error:
        log.info("task %s: no late result yet: %s", task.id, error)
        task.put_back(delay=LATE_LOOK_EVERY)
        return
    crash_points.reach("late.stored")
    with transaction.atomic():
        late = task.output_metadata | {"late": True}
        if not task.move_to(
            COMPLETED, who="worker", why="late", output_metadata=late, error_code="", progress=1.0
        ):
            return
        assets = store.record(task, stored)
        _deliver(task, assets)
        signals.task_completed.send(sender=GenerationTask, task=task)
    for asset in assets:
        renditions.schedule(asset)


def _may_still_come(task: GenerationTask) -> bool:
    """Only a task that ran out of time, and only while the provider may still show its record."""
    if task.error_code != "provider_timeout" or task.deleted_at or task.tries > LATE_LOOKS:
        return False
    if task.external_task_id is None and task.claimed_external_id and is_ours(task, task.claimed_external_id):
        task.write(external_task_id=task.claimed_external_id)
    if task.external_task_id is None:
        return False
    try:
        return provider.client().read(family_of(task), task.external_task_id).state != "failed"
    except errors.RecordMissing:
        return False
    except errors.ProviderError:
        return True
