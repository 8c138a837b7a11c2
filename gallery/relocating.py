"""Where an item's files lie: in public storage while it is shown, in private storage otherwise.

Moving takes time and happens outside transactions, so it goes by a row (see Relocation): its claim lets
one mover at a time touch the files, and a mover that dies leaves work that the sweep finds.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gallery.errors import FilesOnTheMove
from gallery.models import Item, Relocation
from smartspec.lib.due import LEASE, backoff, kept
from smartspec.lib.queue import wake
from storage_app import placing


def ask(item: Item) -> None:
    """The item is no longer shown: have its files moved. Part of the caller's transaction."""
    make_due(item)
    wake("gallery.jobs.relocate", str(item.pk))


def make_due(item: Item) -> None:
    now = timezone.now()
    Relocation.objects.get_or_create(item=item, defaults={"due_at": now})
    Relocation.objects.filter(item=item).exclude(due_at__lte=now).update(due_at=now)


def claim(item: Item) -> Relocation:
    make_due(item)
    moving = Relocation.objects.claim(lease=LEASE, pk=item.pk)
    if moving is None:
        raise FilesOnTheMove
    return moving


@contextmanager
def public_files(item: Item) -> Iterator[None]:
    """The files are public inside; afterwards they are wherever the item's state then says."""
    moving = claim(item)
    with kept(moving, lease=LEASE):
        try:
            placing.move(item.media, visibility="public")
            yield
        except BaseException:
            moving.put_back(delay=timedelta(0))
            raise
        settle(moving)


def settle(moving: Relocation) -> bool:
    """Move the files of a claimed row to where they belong; False when the item changed meanwhile."""
    item = Item.objects.select_related("media").get(pk=moving.pk)
    shown = item.is_shown
    if item.media is not None:
        placing.move(item.media, visibility="public" if shown else "private")
    with transaction.atomic():
        item = Item.objects.select_for_update().get(pk=moving.pk)  # decisions about it wait or came before
        if item.is_shown is not shown:
            moving.put_back(delay=timedelta(0))
            return False
        Relocation.objects.filter(pk=moving.pk, fence=moving.fence).delete()
    return True


def retry(moving: Relocation) -> None:
    moving.put_back(delay=backoff(moving.tries))


def lock_out_movers(item: Item) -> None:
    """Nobody is moving these files now, nor will they: part of the transaction that lets go of them."""
    free = Q(lease_until=None) | Q(lease_until__lt=timezone.now())
    Relocation.objects.filter(free, item=item).delete()
    if Relocation.objects.filter(item=item).exists():
        raise FilesOnTheMove
