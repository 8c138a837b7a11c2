"""The months in which something was published, as people here count them."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Expression, Subquery
from django.utils import timezone

from gallery.models import Item


class Month(NamedTuple):
    year: int
    month: int

    @property
    def next(self) -> "Month":
        return Month(self.year + 1, 1) if self.month == 12 else Month(self.year, self.month + 1)


def month_of(when: datetime) -> Month:
    here = timezone.localtime(when, timezone.get_default_timezone())
    return Month(here.year, here.month)


def month_bounds(year: int, month: int) -> tuple[datetime, datetime]:
    """The moments at which it begins and at which the next one does; raises ValueError for no month."""
    here = timezone.get_default_timezone()
    return datetime(year, month, 1, tzinfo=here), datetime(*Month(year, month).next, 1, tzinfo=here)


def months() -> list[Month]:
    """Months with listed works, newest first."""
    return list(newest_by_month())


def newest_by_month() -> dict[Month, datetime]:
    """Their newest works' dates, newest first; two queries, each a few looks into an index."""
    dates = Item.objects.listed().order_by("published_at").values("published_at")
    ends = looked_up(first=Subquery(dates[:1]), last=Subquery(dates.reverse()[:1]))
    if ends is None:
        return {}
    every = [month_of(ends["first"])]
    while every[-1] != month_of(ends["last"]):
        every.append(every[-1].next)
    found = looked_up(**{f"month_{number}": in_month(month) for number, month in enumerate(every)}) or {}
    dated = [(month, found.get(f"month_{number}")) for number, month in enumerate(every)]
    return {month: when for month, when in reversed(dated) if when}


def in_month(month: Month) -> Subquery:
    """The last date in it. Asked whether there is any, a planner reads the table until it finds one."""
    since, until = month_bounds(*month)
    dates = Item.objects.listed().filter(published_at__gte=since, published_at__lt=until)
    return Subquery(dates.order_by("-published_at").values("published_at")[:1])


def looked_up(**answers: Expression) -> dict[str, Any] | None:
    """All answers in one row; None while nothing is listed."""
    return next(iter(Item.objects.listed().values(**answers)[:1]), None)
