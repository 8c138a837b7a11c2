"""Addresses that were public: caches forget them, as many in one request as Cloudflare takes."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from storage_app import purging
from storage_app.errors import StorageFailed
from storage_app.models import Asset, Deletion, Rendition

LEASE = timedelta(minutes=1)  # for one request, which has its own deadline
AFTER_A_FAILURE = timedelta(seconds=5)  # longer where Cloudflare says so


def forget(first: Deletion) -> None:
    """Have caches forget this address and others that wait for the same; the caller keeps its lease.

    Raises StorageFailed; then all of them wait as long as Cloudflare says.
    """
    batch = [first, *others_waiting()]
    shown = addresses_in_use([one.key for one in batch])
    try:
        purging.purge(sorted({one.key for one in batch} - shown))
    except StorageFailed as error:
        put_off(batch[1:], max(error.after, AFTER_A_FAILURE))
        raise
    for one in batch:
        Deletion.objects.filter(pk=one.pk, fence=one.fence).delete()


def others_waiting() -> list[Deletion]:
    waiting = Deletion.objects.addresses()
    claimed = []
    while len(claimed) < purging.MOST_ADDRESSES - 1 and (one := waiting.claim(lease=LEASE)):
        claimed.append(one)
    return claimed


def put_off(batch: list[Deletion], delay: timedelta) -> None:
    """Neither these nor any that nobody has begun with: who was told to wait does not ask for the next."""
    for one in batch:
        one.put_back(delay=delay)
    until = timezone.now() + delay
    idle = Deletion.objects.addresses().filter(Q(lease_until=None), due_at__lt=until)
    idle.update(due_at=until)


def addresses_in_use(keys: list[str]) -> set[str]:
    """Those that a row shows to the public again."""
    originals = Asset.objects.public().filter(file__in=keys).values_list("file", flat=True)
    renditions = Rendition.objects.public().filter(file__in=keys).values_list("file", flat=True)
    return {*originals, *renditions}
