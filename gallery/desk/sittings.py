"""Two people never judge one work: whoever looks at it has it for five minutes."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from gallery.errors import BeingJudged
from gallery.models import Sitting

LASTS = timedelta(minutes=5)


def take(item_id: UUID, *, by: User) -> None:
    """Sit down before a work, or stay before it for another five minutes. Raises BeingJudged."""
    now = timezone.now()
    mine_or_over = Q(by=by) | Q(until__lt=now)
    places = Sitting.objects.filter(mine_or_over, item=item_id)
    if places.update(by=by, until=now + LASTS):
        return
    try:
        with transaction.atomic():
            Sitting.objects.create(item_id=item_id, by=by, until=now + LASTS)
    except IntegrityError as error:
        raise held(item_id) from error


def renew(item_id: UUID, *, by: User) -> bool:
    """Another five minutes for whoever still has the work."""
    now = timezone.now()
    return bool(Sitting.objects.filter(item=item_id, by=by, until__gte=now).update(until=now + LASTS))


@contextmanager
def holding(item_id: UUID, *, by: User) -> Iterator[None]:
    """The work in this person's hands for one act; what they had before them already stays so.

    Raises BeingJudged. Nobody is above it, superusers neither.
    """
    had_it = renew(item_id, by=by)
    take(item_id, by=by)
    try:
        yield
    finally:
        if not had_it:
            leave(item_id, by=by)


def leave(item_id: UUID, *, by: User) -> None:
    Sitting.objects.filter(item=item_id, by=by).delete()


def move_on(item_id: UUID, *, by: User) -> None:
    """Take this work and let go of every other."""
    take(item_id, by=by)
    Sitting.objects.filter(by=by).exclude(item=item_id).delete()


def others(item_ids: Iterable[UUID], *, than: User) -> dict[UUID, str]:
    """Which of these works somebody else has before them, and who."""
    sitting = Sitting.objects.filter(item__in=list(item_ids), until__gte=timezone.now()).exclude(by=than)
    return dict(sitting.values_list("item_id", "by__username"))


def held(item_id: UUID) -> BeingJudged:
    """Who has the work, and until when; whoever left in this moment had it just now."""
    sitting = Sitting.objects.select_related("by").filter(item=item_id).first()
    if sitting is None:
        return BeingJudged(name=_("Somebody"), until=timezone.now())
    return BeingJudged(name=sitting.by.get_username(), until=sitting.until)
