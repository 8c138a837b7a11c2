"""A row that is its own queue entry: it says when it is next due, and who works on it.

Whatever a broker loses or repeats, a sweeper finds the row again. A claim takes a lease and raises
the fence; every later write of that worker names its fence, so a worker that was paused past its
lease can change nothing.
"""

import logging
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import Error, connections, models, transaction
from django.db.models import F, Q
from django.utils import timezone

log = logging.getLogger(__name__)


class DueQuerySet(models.QuerySet):
    def due(self):
        """Rows whose moment has come and that nobody holds, oldest first."""
        now = timezone.now()
        return (
            self.filter(due_at__lte=now)
            .filter(Q(lease_until=None) | Q(lease_until__lt=now))
            .order_by("due_at")
        )

    def claim(self, *, lease: timedelta, pk=None):
        """Take one due row for `lease`; returns it with its new fence, or None.

        With `pk` only that row is considered. The attempt is counted here, before any work, so that
        a row that kills its worker is seen.
        """
        if pk is not None:
            return self._claim_known(pk, timezone.now() + lease)
        candidates = self.due()
        if not candidates.exists():  # a plain read: idle workers must not take the write lock
            return None
        with transaction.atomic(using=self.db):
            if connections[self.db].features.has_select_for_update_skip_locked:
                candidates = candidates.select_for_update(skip_locked=True, of=("self",))
            row = candidates.first()
            if row is None:
                return None
            until = timezone.now() + lease
            changed = self.model.objects.filter(pk=row.pk, fence=row.fence).update(
                fence=F("fence") + 1, tries=F("tries") + 1, lease_until=until
            )
            if not changed:
                return None
        row.fence += 1
        row.tries += 1
        row.lease_until = until
        return row

    def _claim_known(self, pk, until: datetime):
        """Two statements; the end of the lease tells our claim from one that came after it."""
        counted = {"fence": F("fence") + 1, "tries": F("tries") + 1}
        if not self.due().filter(pk=pk).update(lease_until=until, **counted):
            return None
        return self.filter(pk=pk, lease_until=until).first()


class DueRow(models.Model):
    due_at = models.DateTimeField(null=True, blank=True, editable=False)  # null: nothing left to do
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    fence = models.BigIntegerField(default=0, editable=False)
    tries = models.PositiveIntegerField(default=0, editable=False)

    objects = DueQuerySet.as_manager()

    class Meta:
        abstract = True

    def write(self, **changes) -> bool:
        """Change the row if our claim still stands; False means that somebody else holds it now."""
        mine = type(self).objects.filter(pk=self.pk, fence=self.fence)
        if not mine.update(**self.as_written(changes)):
            return False
        for name, value in changes.items():
            setattr(self, name, value)
        return True

    def as_written(self, changes: dict) -> dict:
        """What the database is told of `changes`; a row that others may leave a mark on looks at it here."""
        return changes

    def put_back(self, *, delay: timedelta, **changes) -> bool:
        """End this claim and come back after `delay`."""
        return self.write(due_at=timezone.now() + delay, lease_until=None, **changes)

    def finish(self, **changes) -> bool:
        """End this claim for good."""
        return self.write(due_at=None, lease_until=None, tries=0, **changes)


def backoff(tries: int, *, base: float = 1.0, cap: float = 300.0) -> timedelta:
    """Exponential delay with jitter: between half of `base` and `cap` seconds."""
    return timedelta(seconds=random.uniform(base / 2, min(cap, base * 2 ** min(tries, 16))))


@contextmanager
def kept(row: DueRow, *, lease: timedelta) -> Iterator[None]:
    """Renew the lease while slow work goes on, so that only a dead worker's row is taken over."""
    done = threading.Event()
    keeper = threading.Thread(target=_renew, args=(row, lease, done), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        done.set()
        keeper.join()


def _renew(row: DueRow, lease: timedelta, done: threading.Event) -> None:
    mine = type(row).objects.filter(pk=row.pk, fence=row.fence, lease_until__isnull=False)
    while not done.wait(lease.total_seconds() / 3):
        try:
            is_ours = mine.update(lease_until=timezone.now() + lease)
        except Error as error:  # the database is away; the lease lives on for two more tries
            log.warning("the lease of %s %s was not renewed: %s", row._meta.label, row.pk, error)
            is_ours = True
        connections.close_all()  # this thread's own
        if not is_ours:
            break
