"""What came to the moderators on one day and what they decided, from works and their decisions."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from gallery.models import Decision, Item, Numbers
from gallery.numbers import days, histogram

WAITS = "pending"
VERDICTS = {"approve": "approved", "reject": "rejected"}


class Ruling(NamedTuple):
    pk: int
    item_id: UUID
    action: str
    before: dict
    after: dict
    at: datetime
    made_at: datetime

    @property
    def ends_waiting(self) -> bool:
        return self.before.get("status") == WAITS

    @property
    def begins_waiting(self) -> bool:
        return self.after.get("status") == WAITS


COLUMNS = ("pk", "item_id", "action", "before", "after", "at", "item__created_at")


def of_day(numbers: Numbers) -> dict[str, object]:
    """Columns of the day's row."""
    rulings = rulings_of(numbers)
    verdicts = Counter(VERDICTS[ruling.action] for ruling in rulings if ruling.action in VERDICTS)
    ended = [ruling for ruling in rulings if ruling.ends_waiting]
    judged = [ruling for ruling in ended if ruling.action in VERDICTS]
    return {
        "submitted": made(numbers) + sum(ruling.begins_waiting for ruling in rulings),
        "settled": len(ended),
        "approved": verdicts["approved"],
        "rejected": verdicts["rejected"],
        "decided_after": histogram.of(wait / timedelta(milliseconds=1) for wait in waits(judged)),
    }


def rulings_of(numbers: Numbers) -> list[Ruling]:
    if numbers.first_decision is None:
        return []
    stretch = Decision.objects.filter(pk__gte=numbers.first_decision, pk__lte=numbers.last_decision)
    found = stretch.filter(at__gte=days.start_of(numbers.day), at__lt=days.end_of(numbers.day))
    return [Ruling(*row) for row in found.order_by("pk").values_list(*COLUMNS)]


def made(numbers: Numbers) -> int:
    """Works that came that day; every state is named, since the index begins with it."""
    since, until = days.start_of(numbers.day), days.end_of(numbers.day)
    found = Item.objects.filter(status__in=Item.Status.values, created_at__gte=since, created_at__lt=until)
    return found.count()


def waits(rulings: Iterable[Ruling]) -> Iterable[timedelta]:
    """How long each work had waited: since it came, or since it last began to wait again."""
    began = beginnings({ruling.item_id for ruling in rulings})
    for ruling in rulings:
        since = [at for pk, at in began.get(ruling.item_id, ()) if pk < ruling.pk]
        yield ruling.at - (since[-1] if since else ruling.made_at)


def beginnings(items: set[UUID]) -> dict[UUID, list[tuple[int, datetime]]]:
    found: dict[UUID, list[tuple[int, datetime]]] = {}
    ids = list(items)
    for start in range(0, len(ids), 500):
        again = Decision.objects.filter(item__in=ids[start : start + 500], after__status=WAITS)
        for item_id, pk, at in again.order_by("pk").values_list("item_id", "pk", "at"):
            found.setdefault(item_id, []).append((pk, at))
    return found
