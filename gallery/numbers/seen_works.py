"""Which works were seen and liked on which day: added to with every batch of counted views."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from gallery.counting import Counts
from gallery.models import DayCount, ItemNumbers, Tally
from gallery.numbers import noting

KEPT_OF_A_DAY = 200  # works, once the day is over


class Seen(NamedTuple):
    day: date
    item_id: UUID


def add(tallies: Iterable[Tally]) -> None:
    """Part of the transaction that counts this batch, of which there is one at a time."""
    more: dict[Seen, Counts] = defaultdict(Counts)
    for tally in tallies:
        its = more[Seen(timezone.localdate(tally.at), tally.item_id)]
        its.views += 0 if tally.by_robot else tally.views
        its.likes += tally.likes
    for day in sorted({seen.day for seen in more}):
        if likes := sum(counts.likes for seen, counts in more.items() if seen.day == day):
            noting.add(DayCount.What.LIKE, "", likes, day=day)
    write({seen: counts for seen, counts in more.items() if counts.views or counts.likes})


def write(more: dict[Seen, Counts]) -> None:
    """Add what is known already to these counts, and keep the sums."""
    known = ItemNumbers.objects.filter(
        day__in={seen.day for seen in more}, item__in={seen.item_id for seen in more}
    )
    for day, item_id, views, likes in known.values_list("day", "item_id", "views", "likes"):
        if counts := more.get(Seen(day, item_id)):
            counts.views += views
            counts.likes += likes
    rows = [ItemNumbers(**seen._asdict(), views=its.views, likes=its.likes) for seen, its in more.items()]
    ItemNumbers.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["day", "item"],
        update_fields=["views", "likes"],
        batch_size=500,
    )


def forget_the_least_seen(day: date) -> None:
    """Of a day that is over the works seen most are enough; of today nobody knows yet which they are."""
    if day >= timezone.localdate():
        return
    its = ItemNumbers.objects.filter(day=day)
    least = its.order_by("-views").values_list("views", flat=True)[KEPT_OF_A_DAY - 1 : KEPT_OF_A_DAY]
    if least:
        its.filter(Q(views__lt=least[0])).delete()
