"""Letting go of objects: promised in the transaction that lets go, kept by a job."""

from datetime import datetime, timedelta

from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from smartspec.lib.queue import wake
from storage_app import purging
from storage_app.errors import StorageFailed
from storage_app.models import Asset, Deletion, Rendition

ADOPTION_TIME = timedelta(hours=1)  # a copy that no row has claimed by then was left by a killed worker


@transaction.atomic
def release_asset(asset: Asset) -> None:
    """In the caller's transaction: the rows go now, every object of theirs soon after the commit."""
    locked = Asset.objects.select_for_update().filter(pk=asset.pk).first()
    if locked is None:
        return
    discard(locked.visibility, locked.keys())
    locked.delete()


def discard(visibility: str, keys: list[str], *, not_before: datetime | None = None) -> None:
    """In the caller's transaction: these objects are nobody's from now on."""
    due = max(timezone.now(), not_before) if not_before else timezone.now()
    Deletion.objects.bulk_create(Deletion(visibility=visibility, key=key, due_at=due) for key in keys)
    wake("storage_app.jobs.drain")


def discard_unless_adopted(visibility: str, keys: list[str]) -> None:
    """Before copies are made: whatever becomes of us, none of them outlives the hour without a row.

    Raises StorageFailed while an earlier deletion of the same objects is under way.
    """
    with transaction.atomic():
        earlier = Deletion.objects.filter(visibility=visibility, key__in=keys)
        earlier.filter(Q(lease_until=None) | Q(lease_until__lt=timezone.now())).delete()
        if earlier.exists():
            raise StorageFailed
        due = timezone.now() + ADOPTION_TIME
        Deletion.objects.bulk_create(Deletion(visibility=visibility, key=key, due_at=due) for key in keys)


def adopt(visibility: str, keys: list[str]) -> None:
    """In the transaction whose rows now own these copies."""
    Deletion.objects.filter(visibility=visibility, key__in=keys).delete()


def carry_out(deletion: Deletion) -> None:
    """Remove the object, unless a row owns it after all, and have caches forget it where it was public.

    An object that is not there counts as removed. Raises StorageFailed.
    """
    if not is_owned(deletion.visibility, deletion.key):
        storages[deletion.visibility].remove(deletion.key)
    if deletion.visibility == "public" and not is_public(deletion.key):
        purging.purge(deletion.key)
    Deletion.objects.filter(pk=deletion.pk, fence=deletion.fence).delete()


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
