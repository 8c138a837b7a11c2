"""Letting go of objects: promised in the transaction that lets go, kept by a job."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from smartspec.lib.queue import wake
from storage_app import certificates, purging
from storage_app.errors import StorageFailed
from storage_app.forgetting import forget
from storage_app.keys import account_of
from storage_app.models import Asset, Certificate, Deletion, Rendition
from storage_app.models.deletion import IN_CACHES

log = logging.getLogger(__name__)

ADOPTION_TIME = timedelta(hours=1)  # a copy that no row has claimed by then was left by a killed worker


@transaction.atomic
def release_asset(asset: Asset) -> None:
    """In the caller's transaction: the rows go now, every object of theirs soon after the commit."""
    locked = Asset.objects.select_for_update().filter(pk=asset.pk).first()
    if locked is None:
        return
    discard(locked.visibility, locked.keys(), account=account_of(locked.file.name))
    hasten(locked)
    locked.delete()


def discard(
    visibility: str, keys: list[str], *, not_before: datetime | None = None, account: UUID | None = None
) -> None:
    """In the caller's transaction: these objects, of `account` where that is known, are nobody's now."""
    due = max(timezone.now(), not_before) if not_before else timezone.now()
    account = certificates.closing() or account
    Deletion.objects.bulk_create(
        Deletion(visibility=visibility, key=key, due_at=due, account=account) for key in keys
    )
    wake("storage_app.jobs.drain")


def hasten(asset: Asset) -> None:
    """In the caller's transaction: what this asset was shown with before is no longer kept for latecomers."""
    if outdated := asset.outdated_keys():
        later = Deletion.objects.filter(key__in=outdated, due_at__gt=timezone.now())
        later.update(due_at=timezone.now())


def discard_unless_adopted(visibility: str, keys: list[str]) -> None:
    """Before copies are made: whatever becomes of us, none of them outlives the hour without a row.

    Raises StorageFailed while an earlier deletion of the same objects is under way.
    """
    earlier = Deletion.objects.filter(visibility=visibility, key__in=keys)
    if earlier.exists():
        earlier.filter(Q(lease_until=None) | Q(lease_until__lt=timezone.now())).delete()
        if earlier.exists():
            raise StorageFailed
    due = timezone.now() + ADOPTION_TIME
    Deletion.objects.bulk_create(
        Deletion(visibility=visibility, key=key, due_at=due, account=account_of(key)) for key in keys
    )


def adopt(visibility: str, keys: list[str]) -> None:
    """In the transaction whose rows now own these copies."""
    Deletion.objects.filter(visibility=visibility, key__in=keys).delete()


def carry_out(deletion: Deletion) -> None:
    """Remove the object, unless a row owns it after all; then have caches forget it where it was public.

    Raises StorageFailed.
    """
    if deletion.visibility == IN_CACHES:
        forget(deletion)
    else:
        remove(deletion)


def remove(deletion: Deletion) -> None:
    """An object that is not there counts as removed."""
    counts = False
    if not is_owned(deletion.visibility, deletion.key):
        storage = storages[deletion.visibility]
        counts = certificates.is_awaited(deletion.account) and storage.exists(deletion.key)
        storage.remove(deletion.key)
    if done(deletion) and counts:
        certificates.count(deletion.account)


def done(deletion: Deletion) -> bool:
    """With the object; the row goes, or stays for its address. False when somebody else holds it now."""
    if deletion.visibility == "public" and purging.is_set_up():
        return deletion.put_back(delay=timedelta(), visibility=IN_CACHES, tries=0)
    gone, _rows = Deletion.objects.filter(pk=deletion.pk, fence=deletion.fence).delete()
    return bool(gone)


def certify(certificate: Certificate) -> bool:
    """Nothing of the account is left; False while something is. Raises StorageFailed."""
    stray = certificates.left_behind(certificate)
    if stray:
        log.warning("%s objects of a closed account were left behind", len(stray))
        discard("private", stray, account=certificate.account)
    if not certificates.is_clear(certificate):
        return False
    return certificate.finish(completed_at=timezone.now())


def is_owned(visibility: str, key: str) -> bool:
    """Does a row own this object? With one bucket for both visibilities either may be the owner."""
    places = [visibility]
    if storages["private"].shares_objects_with(storages["public"]):
        places = ["private", "public"]
    return (
        Asset.objects.filter(file=key, visibility__in=places).exists()
        or Rendition.objects.filter(file=key, asset__visibility__in=places).exists()
    )


def is_public(key: str) -> bool:
    return (
        Asset.objects.public().filter(file=key).exists()
        or Rendition.objects.public().filter(file=key).exists()
    )
