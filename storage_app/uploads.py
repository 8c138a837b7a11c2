"""Files that people send: a place is promised, bytes arrive, and only what was looked at is kept."""

import uuid
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from smartspec.lib.errors import NotFound
from storage_app import certificates, deletion, placing, probing
from storage_app.amending import stripped
from storage_app.errors import (
    FileTooLarge,
    InProgress,
    InUse,
    NotUploaded,
    OtherFile,
    Unreadable,
    WrongKind,
)
from storage_app.file_types import FileType, type_named
from storage_app.models import Asset, Upload
from storage_app.probing import Facts
from storage_app.provenance import Making
from storage_app.quota import take_room
from storage_app.signals import key_in_use
from storage_app.storages.stored import Changed, Terms, Ticket

TICKET_SECONDS = 600
PATIENCE = timedelta(hours=12)  # what is not completed by then was given up
SLOW_PUT = timedelta(hours=1)  # one that begins in time may end later
WORK_TIME = timedelta(minutes=10)  # longer than looking at a file may take
BROUGHT = Making(is_foreign=True)
REFUSALS = (Unreadable, OtherFile)


def issue(*, owner, name: str, file_type: FileType, size: int, sha256: str = "") -> tuple[Upload, Ticket]:
    """Promise a place; the ticket lets its holder put exactly that one file there.

    Raises FileTooLarge or QuotaExceeded.
    """
    upload = promised(owner=owner, name=name, file_type=file_type, size=size, sha256=sha256)
    terms = Terms(file_type.content_type, size, sha256)
    return upload, storages["private"].ticket(upload.staging_key, terms, seconds=TICKET_SECONDS)


@transaction.atomic
def promised(*, owner, name: str, file_type: FileType, size: int, sha256: str = "") -> Upload:
    if size > settings.UPLOAD_LIMITS[file_type.media_type]:
        raise FileTooLarge
    take_room(owner, size)
    now = timezone.now()
    return Upload.objects.create(
        owner=owner,
        name=name,
        content_type=file_type.content_type,
        ext=file_type.ext,
        bytes=size,
        sha256=sha256,
        expires_at=now + timedelta(seconds=TICKET_SECONDS),
        due_at=now + PATIENCE,
    )


def receive(*, owner, path: Path, name: str) -> Upload:
    """Keep a file that has arrived here whole; its type is what its bytes say.

    Raises Unreadable, FileTooLarge, QuotaExceeded or StorageFailed.
    """
    file_type = probing.type_of(path)
    upload = promised(owner=owner, name=name, file_type=file_type, size=path.stat().st_size)
    upload = started(upload)
    try:
        keep(upload, path)
    except BaseException:
        refuse(upload)
        raise
    return upload


def complete(*, owner, upload_id: uuid.UUID) -> Upload:
    """Look at what was put, and keep it if it is what was promised. Completing twice is completing once.

    Raises NotFound, NotUploaded, InProgress, OtherFile, Unreadable or StorageFailed.
    """
    upload = Upload.objects.owned_by(owner).exclude(state=Upload.State.GONE).filter(pk=upload_id).first()
    if upload is None:
        raise NotFound
    if upload.state == Upload.State.STORED:
        return upload
    upload = started(upload)
    try:
        look_and_keep(upload)
    except REFUSALS:
        refuse(upload)
        raise
    except BaseException:
        upload.write(lease_until=None)
        raise
    return upload


def started(upload: Upload) -> Upload:
    """This process alone works on it for a while; raises InProgress."""
    now = timezone.now()
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    mine = Upload.objects.filter(free, pk=upload.pk, state=Upload.State.ISSUED, fence=upload.fence)
    if not mine.update(fence=F("fence") + 1, lease_until=now + WORK_TIME):
        raise InProgress(retry_after=2)
    upload.fence += 1
    return upload


def look_and_keep(upload: Upload) -> None:
    storage = storages["private"]
    try:
        stat = storage.stat(upload.staging_key)
        if stat.size != upload.bytes:
            raise OtherFile
        with storage.readable(upload.staging_key, etag=stat.etag) as path:
            keep(upload, path, etag=stat.etag)
    except FileNotFoundError as error:
        raise NotUploaded from error
    except Changed as error:
        raise OtherFile from error


def keep(upload: Upload, path: Path, *, etag: str = "") -> None:
    """Strip, look, place and record; nothing counts before the one transaction at the end."""
    file_type = promised_type(upload, path)
    source_sha256 = probing.sha256_of(path)
    if upload.sha256 and upload.sha256 != source_sha256:
        raise OtherFile
    with stripped(path, file_type) as clean:
        facts = probing.describe(clean, media_type=file_type.media_type)
        place(upload, clean, etag="" if clean != path else etag)
    if facts.sha256 != source_sha256:
        facts = replace(facts, source_sha256=source_sha256)
    record(upload, facts)


def promised_type(upload: Upload, path: Path) -> FileType:
    """What the bytes are, which must be what was announced."""
    announced = type_named(upload.content_type)
    found = probing.expected_type(probing.head_of(path), announced.media_type)
    if found != announced:
        raise WrongKind
    return found


def place(upload: Upload, path: Path, *, etag: str) -> None:
    """Under the final key: the clean file, or within the storage a copy of the very object looked at."""
    if not upload.write(lease_until=timezone.now() + WORK_TIME):
        raise InProgress  # we were too slow, and somebody else is at it
    deletion.discard_unless_adopted("private", [upload.key])
    if etag:
        storage = storages["private"]
        storage.copy(upload.staging_key, to=storage, as_key=upload.key, etag=etag)
    else:
        placing.put(path, key=upload.key, content_type=upload.content_type)


@transaction.atomic
def record(upload: Upload, facts: Facts) -> None:
    """The row of the file, in the transaction that completes the upload."""
    asset = placing.record(asset_id=upload.pk, key=upload.key, facts=facts, making=BROUGHT)
    if not upload.finish(state=Upload.State.STORED, asset=asset, bytes=facts.bytes):
        raise InProgress  # somebody else took over; the outbox removes what we placed
    deletion.adopt("private", [upload.key])
    clear_staging(upload)


@transaction.atomic
def refuse(upload: Upload) -> None:
    """Nothing of it is kept, and its place is free again."""
    if upload.finish(state=Upload.State.GONE):
        clear_staging(upload)


def clear_staging(upload: Upload) -> None:
    """When nobody can put anything there any more: until then the object itself keeps a second one out."""
    until = upload.expires_at + SLOW_PUT
    deletion.discard("private", [upload.staging_key], not_before=until, account=upload.owner_id)


def delete(*, owner, key: str) -> Upload:
    """Let go of an upload; raises InUse for the caller's own task or work, NotFound for anything else."""
    upload = stored_under(owner, key)
    if upload is None:
        used = key_in_use.send(sender=Upload, user=owner, key=key)
        raise InUse if any(answer for _receiver, answer in used) else NotFound
    let_go(upload)
    return upload


def stored_under(owner, key: str) -> Upload | None:
    """The caller's upload with this key."""
    return Upload.objects.owned_by(owner).stored().select_related("asset").filter(asset__file=key).first()


@transaction.atomic
def let_go(upload: Upload) -> None:
    locked = Upload.objects.select_for_update().get(pk=upload.pk)
    if locked.state == Upload.State.GONE:
        return
    asset: Asset | None = locked.asset
    Upload.objects.filter(pk=locked.pk).update(
        state=Upload.State.GONE, asset=None, name="", due_at=None, fence=F("fence") + 1
    )
    if asset is not None:
        deletion.release_asset(asset)
    else:
        clear_staging(locked)


def let_go_of_everything(owner) -> None:
    """In the transaction that closes the account; from here on all that goes is counted as theirs."""
    certificates.begin(owner.pk)
    for upload in Upload.objects.owned_by(owner).exclude(state=Upload.State.GONE).order_by("pk"):
        let_go(upload)
    Upload.objects.owned_by(owner).update(name="")
