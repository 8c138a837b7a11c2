"""A row that is its own queue entry: it says when it is next due, and who works on it.

Whatever a broker loses or repeats, a sweeper finds the row again. A claim takes a lease and raises
the fence; every later write of that worker names its fence, so a worker that was paused past its
lease can change nothing.
"""

import random
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from smartspec.lib import claims
from smartspec.lib.keeping import Keeper
from smartspec.lib.prepared.columns import Also, change_of, nothing_more

LEASE = timedelta(seconds=30)  # renewed while the work goes on: what a dead worker held is soon free


class DueQuerySet(models.QuerySet):
    def due(self, now: datetime | None = None):
        """Rows whose moment has come and that nobody holds, oldest first."""
        now = now or timezone.now()
        return (
            self.filter(due_at__lte=now)
            .filter(Q(lease_until=None) | Q(lease_until__lt=now))
            .order_by("due_at")
        )

    def claim(self, *, lease: timedelta, pk=None):
        """Take one due row of all for `lease`; returns it with its new fence, or None.

        With `pk` only that row is considered. The attempt is counted here, before any work, so that
        a row that kills its worker is seen.
        """
        now = timezone.now()
        if pk is None:
            return claims.take(self.model, now=now, until=now + lease)
        return claims.take_known(self.model, pk, now=now, until=now + lease)


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
        mine = change_of(type(self), ("pk", "fence"), frozenset(changes), self.also_written(changes))
        if not mine(is_pk=self.pk, is_fence=self.fence, now=timezone.now(), **changes):
            return False
        for name, value in changes.items():
            setattr(self, name, value)
        return True

    def also_written(self, changes: dict) -> Also:
        """What is written beside `changes`; a row that others may leave a mark on looks at it here."""
        return nothing_more

    def put_back(self, *, delay: timedelta, **changes) -> bool:
        """End this claim and come back after `delay`."""
        return self.write(due_at=timezone.now() + delay, lease_until=None, **changes)

    def finish(self, **changes) -> bool:
        """End this claim for good."""
        return self.write(due_at=None, lease_until=None, tries=0, **changes)


def backoff(tries: int, *, base: float = 1.0, cap: float = 300.0) -> timedelta:
    """Exponential delay with jitter: between half of `base` and `cap` seconds."""
    return timedelta(seconds=random.uniform(base / 2, min(cap, base * 2 ** min(tries, 16))))


def kept(row: DueRow, *, lease: timedelta) -> AbstractContextManager[None]:
    """Renew the lease while slow work goes on, so that only a dead worker's row is taken over."""
    return _keeper.keeping(row, lease)


_keeper = Keeper()
