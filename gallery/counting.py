"""Counting views and likes: each is one small row at first, and batches of them end in the counters.

Who liked is known by the hash of a random cookie and nothing else; who was here today by a hash whose
salt is forgotten tomorrow.
"""

import hashlib
import math
import secrets
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import regex
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from gallery.models import Day, DayVisitor, ItemStats, Like, Tally
from gallery.signals import tallies_counted

BATCH_AFTER = timedelta(seconds=5)
LARGEST_BATCH = 5_000
LIKE_WORTH = 10_000  # more than any number of views is worth
STEPS = 16  # for every doubling of views
ROBOTS = regex.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|preview|externalhit|headless|lighthouse|whatsapp/|telegram|embedly|pinterest/"
    r"|curl|wget|python|httpx|java/|go-http|okhttp|libwww|axios|node-fetch|^\s*$",
    regex.IGNORECASE,
)
COUNTED = """
    UPDATE gallery_item_stats
    SET view_count = new.column2, like_count = new.column3, popularity = new.column4
    FROM (VALUES {rows}) AS new WHERE item_id = new.column1
"""


def popularity(*, views: int, likes: int) -> int:
    """Most liked first, then most seen; moves in steps of a few percent, so that its index rests."""
    return likes * LIKE_WORTH + min(LIKE_WORTH - 1, round(STEPS * math.log2(1 + views)))


def new_visitor() -> str:
    """What a visitor's cookie says; it means nothing anywhere else."""
    return secrets.token_urlsafe(24)


def like(item_id: UUID, *, visitor: str) -> bool:
    """Like the work, or take the like back; returns whether it is liked now."""
    visitor = hashlib.sha256(visitor.encode()).hexdigest()
    try:
        with transaction.atomic():
            taken_back, _rows = Like.objects.filter(item=item_id, visitor=visitor).delete()
            if not taken_back:
                Like.objects.create(item_id=item_id, visitor=visitor)
            Tally.objects.create(item_id=item_id, likes=-1 if taken_back else 1)
    except IntegrityError:  # the same visitor's other click was faster
        return True
    return not taken_back


def likes_of(item_id: UUID) -> int:
    """The counter and what still waits to be counted."""
    waiting = Tally.objects.filter(item=item_id).values("item").annotate(sum=Sum("likes")).values("sum")
    stats = ItemStats.objects.filter(pk=item_id).annotate(waiting=Coalesce(Subquery(waiting), 0))
    return sum(stats.values_list("like_count", "waiting").first() or ())


def view(item_id: UUID, *, agent: str, address: str) -> None:
    by_robot = bool(ROBOTS.search(agent))
    visitor = "" if by_robot else todays_hash(f"{address} {agent}")
    Tally.objects.create(item_id=item_id, views=1, by_robot=by_robot, visitor=visitor)


def todays_hash(text: str) -> str:
    day = today()
    return hashlib.blake2b(text.encode(), key=day.salt.encode(), digest_size=16).hexdigest()


def today() -> Day:
    day, _is_new = Day.objects.get_or_create(
        day=timezone.localdate(), defaults={"salt": secrets.token_urlsafe(24)}
    )
    return day


@dataclass
class Counts:
    views: int = 0
    likes: int = 0


def is_due() -> bool:
    """Whether the oldest row has waited long enough for company, or a day is over."""
    oldest = Tally.objects.order_by("id").values_list("at", flat=True).first()
    return (oldest is not None and oldest <= timezone.now() - BATCH_AFTER) or past_days().exists()


@transaction.atomic
def flush(limit: int = LARGEST_BATCH) -> int:
    """Count up to `limit` waiting rows; returns how many there were."""
    Day.objects.select_for_update().get(pk=today().pk)  # one batch at a time
    waiting = list(Tally.objects.order_by("id")[:limit])
    if waiting:
        count_for_items(waiting)
        count_for_days(waiting)
        tallies_counted.send(sender=Tally, tallies=waiting)
        Tally.objects.filter(pk__in=[tally.pk for tally in waiting]).delete()
    forget_the_past()
    return len(waiting)


def count_for_items(tallies: Iterable[Tally]) -> None:
    """Add to the counters of all works in one statement."""
    more: dict[UUID, Counts] = defaultdict(Counts)
    for tally in tallies:
        if not tally.by_robot:
            more[tally.item_id].views += tally.views
        more[tally.item_id].likes += tally.likes
    rows = []
    stats = ItemStats.objects.filter(pk__in=more)
    for item_id, views, likes in stats.values_list("pk", "view_count", "like_count"):
        views, likes = views + more[item_id].views, max(0, likes + more[item_id].likes)
        rows.append((item_id, views, likes, popularity(views=views, likes=likes)))
    if not rows:
        return
    prepared = ItemStats._meta.pk.get_db_prep_value
    params = [value for item_id, *counts in rows for value in (prepared(item_id, connection), *counts)]
    with connection.cursor() as cursor:
        cursor.execute(COUNTED.format(rows=", ".join(["(%s, %s, %s, %s)"] * len(rows))), params)


def count_for_days(tallies: Iterable[Tally]) -> None:
    by_day: dict[date, list[Tally]] = defaultdict(list)
    for tally in tallies:
        by_day[timezone.localdate(tally.at)].append(tally)
    for day, its in by_day.items():
        Day.objects.get_or_create(day=day)
        visitors = {tally.visitor for tally in its if tally.visitor}
        DayVisitor.objects.bulk_create(
            (DayVisitor(day_id=day, visitor=visitor) for visitor in visitors), ignore_conflicts=True
        )
        everybody = DayVisitor.objects.filter(day=OuterRef("pk")).values("day").annotate(n=Count("pk"))
        Day.objects.filter(pk=day).update(
            views=F("views") + sum(tally.views for tally in its if not tally.by_robot),
            robot_views=F("robot_views") + sum(tally.views for tally in its if tally.by_robot),
            visitors=Coalesce(Subquery(everybody.values("n")), 0),
        )


def forget_the_past() -> None:
    """Yesterday's salt and hashes; the numbers stay."""
    days = list(past_days().values_list("pk", flat=True))
    if days:
        DayVisitor.objects.filter(day__in=days).delete()
        Day.objects.filter(pk__in=days).update(salt="")


def past_days() -> QuerySet[Day]:
    """Days that are over and whose salt is still known."""
    return Day.objects.filter(day__lt=timezone.localdate()).exclude(salt="")
