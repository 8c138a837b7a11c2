"""What of a person's lies in storage: theirs to take along, and gone when they go.

The lowest room that knows both people and files, so the worker's door for archives is here, too.
"""

import logging
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import receiver

from accounts import archive, exporting
from accounts.archive import File, Part, Records
from accounts.models import Export, User
from accounts.signals import account_closing, account_exporting
from generation.models import GenerationTask, KeyWebhook, TaskOutput
from smartspec.lib.due import LEASE, backoff, kept
from storage_app import exports, keys, uploads
from storage_app.errors import StorageFailed
from storage_app.models import Asset, Upload
from storage_app.scratch import workbench

log = logging.getLogger(__name__)

PAGE = 500  # rows
TASK_FACTS = (
    *("id", "task_type", "model_id", "provider", "prompt", "input_params", "reference_files"),
    *("status", "stage", "error_code", "output_metadata", "credits_quoted", "credits_used"),
    *("processing_time_ms", "parent_id", "created_at", "started_at", "completed_at"),
)
FILE_FACTS = ("content_type", "bytes", "width", "height", "duration_ms", "sha256", "created_at")


def sweep(limit: int) -> int:
    """Build one archive that somebody waits for; some workers stay free for tasks."""
    if limit < 1 or Export.objects.under_way().count() >= max(1, settings.WORKERS // 2):
        return 0
    export = Export.objects.claim(lease=LEASE)
    if export is None:
        return 0
    if export.tries > exporting.MOST_TRIES:
        log.error("export %s given up after %s tries", export.pk, export.tries - 1)
        exporting.give_up(export)
        return 1
    with kept(export, lease=LEASE):
        work_on(export)
    return 1


def work_on(export: Export) -> None:
    try:
        build(export)
    except StorageFailed as error:
        log.warning("export %s put off: %s", export.pk, error)
        export.put_back(delay=backoff(export.tries, base=5))


def build(export: Export) -> None:
    """Write it on this machine, place it, and hand it over; killed in between, it is built again."""
    key = keys.export(export.user_id, export.pk)
    with workbench() as folder:
        path = folder / "export.zip"
        archive.write(path, exporting.parts(export.user))
        exports.place(path, key=key)
        size = path.stat().st_size
    with transaction.atomic():
        replaced = exporting.hand_over(export, file=key, size=size)
        if replaced is None:  # the account was closed meanwhile
            exports.let_go([key])
            return
        exports.keep(key, until=export.expires_at)
        exports.let_go(replaced)


@receiver(account_closing, dispatch_uid="generation.belongings.go")
def let_go_of_files(user: User, **kwargs) -> None:
    exports.let_go(exporting.take_back_all(user))
    uploads.let_go_of_everything(user)


@receiver(account_exporting, dispatch_uid="generation.belongings.export")
def parts_of(user: User, **kwargs) -> Iterator[Part]:
    tasks = GenerationTask.objects.owned_by(user).visible().prefetch_related("outputs__asset")
    sent = Upload.objects.owned_by(user).stored().select_related("asset")
    hooks = KeyWebhook.objects.filter(api_key__user=user)
    yield Records("tasks.json", map(task_row, tasks.iterator(chunk_size=PAGE)))
    yield Records("uploads.json", (file_row(row.asset) | {"name": row.name} for row in sent.iterator()))
    yield Records("webhooks.json", hooks.values("api_key_id", "url").iterator())
    outputs = TaskOutput.objects.filter(task__user=user, task__deleted_at=None).select_related("asset")
    yield from files(row.asset for row in in_pages(outputs))
    yield from files(row.asset for row in in_pages(sent))


def task_row(task: GenerationTask) -> dict:
    return {name: getattr(task, name) for name in TASK_FACTS} | {
        "outputs": [file_row(output.asset) for output in task.outputs.all()]
    }


def file_row(asset: Asset) -> dict:
    """`file` is the name in the archive."""
    return {"file": name_of(asset)} | {name: getattr(asset, name) for name in FILE_FACTS}


def name_of(asset: Asset) -> str:
    return f"media/{asset.file.name}"


def files(assets: Iterable[Asset]) -> Iterator[File]:
    """What was deleted while we came this far is left out."""
    for asset in assets:
        if chunks := exports.bytes_of(asset):
            yield File(name_of(asset), chunks)


def in_pages(rows: QuerySet) -> Iterator:
    """Every row, a page at a time: no cursor stays open while files are read."""
    rows, last = rows.order_by("pk"), None
    while page := list((rows if last is None else rows.filter(pk__gt=last))[:PAGE]):
        yield from page
        last = page[-1].pk
