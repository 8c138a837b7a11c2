"""How much a person may keep, and how much of it is taken."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Count, Q, Sum

from storage_app.errors import QuotaExceeded
from storage_app.models import Upload

TAKEN = Q(state=Upload.State.STORED)
PROMISED = Q(state=Upload.State.ISSUED)


@dataclass(frozen=True)
class Usage:
    """In bytes; `reserved` is promised to uploads that have not been completed."""

    quota: int
    used: int
    reserved: int
    files: int

    @property
    def available(self) -> int:
        return max(0, self.quota - self.used - self.reserved)


def usage_of(user) -> Usage:
    found = Upload.objects.owned_by(user).aggregate(
        used=Sum("bytes", filter=TAKEN, default=0),
        reserved=Sum("bytes", filter=PROMISED, default=0),
        files=Count("pk", filter=TAKEN),
    )
    return Usage(settings.STORAGE_QUOTA_BYTES, **found)


def take_room(user, wanted: int) -> None:
    """In the caller's transaction, which then writes the row that takes the room: one at a time per person.

    Raises QuotaExceeded.
    """
    get_user_model().objects.select_for_update(no_key=True).get(pk=user.pk)
    if wanted > usage_of(user).available:
        raise QuotaExceeded
