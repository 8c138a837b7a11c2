"""What lies on the desk: which works, in which order, and who has one before them already."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from gallery.desk import looks, sittings
from gallery.models import Decision, Item, Report
from gallery.orders import beyond
from smartspec.lib import cursors

LIMIT = 48
COUNTED_TO = 1000
STATES = {
    "waiting": _("Waiting"),
    "reported": _("Reported"),
    "approved": _("Approved"),
    "rejected": _("Rejected"),
}
SORTS = {"oldest": _("Oldest first"), "newest": _("Newest first")}
DIRECTION = {"oldest": ("", "gt"), "newest": ("-", "lt")}
STATUS = {"waiting": "pending", "approved": "approved", "rejected": "rejected"}


@dataclass(frozen=True)
class Ticket:
    item: Item
    reports: int = 0
    holder: str = ""

    @property
    def picture_url(self) -> str:
        return looks.picture_url(self.item, width=320) or ""

    @property
    def film_url(self) -> str:
        """What plays while the pointer rests on it."""
        is_film = self.item.media_type == "video" and self.item.media is not None
        return self.item.media.file.url if is_film else ""

    @property
    def age(self) -> str:
        return timesince(self.item.created_at, depth=1)


@dataclass(frozen=True)
class Page:
    tickets: list[Ticket]
    more: str | None  # the cursor of the next page

    def ticket(self, item_id: UUID | None) -> Ticket | None:
        return next((each for each in self.tickets if each.item.pk == item_id), None)


def page(*, by: User, state: str = "waiting", sort: str = "oldest", after: str = "") -> Page:
    """At most LIMIT tickets as `by` sees them, in four queries. Raises InvalidInput on a foreign cursor."""
    if state == "reported":
        items, more = most_reported(after)
    else:
        items, more = in_order(described(Item.objects.filter(status=STATUS[state])), sort, after)
    return Page(tickets_of(items, by=by), more)


def tickets_of(items: list[Item], *, by: User) -> list[Ticket]:
    ids = [item.pk for item in items]
    reports, holders = reports_of(ids), sittings.others(ids, than=by)
    return [Ticket(item, reports.get(item.pk, 0), holders.get(item.pk, "")) for item in items]


def described(items: QuerySet) -> QuerySet:
    last = Decision.objects.filter(item=OuterRef("pk")).order_by("-id").values("id")[:1]
    return items.select_related("media", "created_by").annotate(seen=Coalesce(Subquery(last), 0))


def in_order(items: QuerySet, sort: str, after: str) -> tuple[list[Item], str | None]:
    sign, side = DIRECTION[sort]
    if after:
        _name, when, pk = cursors.unpack(after, size=3)
        try:
            pairs = [("created_at", cursors.moment(when)), ("id", UUID(pk))]
        except ValueError as error:
            raise cursors.bad_cursor() from error
        items = items.filter(beyond(pairs, side))
    found = list(items.order_by(f"{sign}created_at", f"{sign}id")[: LIMIT + 1])
    if len(found) <= LIMIT:
        return found, None
    last = found[LIMIT - 1]
    return found[:LIMIT], cursors.pack("desk", last.created_at.isoformat(), str(last.pk))


def most_reported(after: str) -> tuple[list[Item], str | None]:
    try:
        start = int(after or 0)
    except ValueError as error:
        raise cursors.bad_cursor() from error
    counted = Report.objects.filter(closed_at=None, item__isnull=False).values_list("item")
    ranked = counted.annotate(number=Count("id")).order_by("-number", "item")[start : start + LIMIT + 1]
    ids = [pk for pk, _number in ranked]
    items = described(Item.objects.all()).in_bulk(ids[:LIMIT])
    return [items[pk] for pk in ids[:LIMIT]], str(start + LIMIT) if len(ids) > LIMIT else None


def reports_of(ids: list[UUID]) -> Mapping[UUID, int]:
    """Open reports by item."""
    counted = Report.objects.filter(closed_at=None, item__in=ids).order_by().values_list("item")
    return dict(counted.annotate(Count("id")))


def counts() -> dict[str, str]:
    """How many works are in each state, counted no further than COUNTED_TO."""
    rows = {state: Item.objects.filter(status=status) for state, status in STATUS.items()}
    rows["reported"] = Report.objects.filter(closed_at=None, item__isnull=False).values("item").distinct()
    numbers = {state: found.order_by()[:COUNTED_TO].count() for state, found in rows.items()}
    return {state: f"{n}+" if n == COUNTED_TO else str(n) for state, n in numbers.items()}


def waiting_since() -> str:
    """How long the oldest waiting work has waited; empty when none does."""
    oldest = Item.objects.pending().order_by("created_at").values_list("created_at", flat=True).first()
    return timesince(oldest, timezone.now(), depth=1) if oldest else ""
