"""All that a moderator sees of the one work before them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.forms import Form
from django.utils.translation import gettext_lazy as _

from gallery.desk import looks
from gallery.desk.queue import COUNTED_TO
from gallery.desk.similar import Twin, similar
from gallery.desk.wording import label_of
from gallery.models import Decision, Item, Report
from gallery.shelves import path_of
from generation import catalogue

SHOWN_HISTORY = 12
ACTIONS = {
    "approve": _("approved"),
    "reject": _("rejected"),
    "withdraw": _("withdrawn"),
    "remove": _("removed"),
    "hide": _("hidden"),
    "show": _("shown again"),
    "feature": _("featured"),
    "unfeature": _("no longer featured"),
    "rate": _("rated anew"),
    "edit": _("texts changed"),
    "rename": _("address changed"),
    "merge": _("moved with its category"),
    "resubmit": _("changed by its maker, waiting again"),
    "undo": _("last decision undone"),
}


@dataclass(frozen=True)
class Panel:
    """`seen` names the last entry of the history shown here; `holder` is who else has the work."""

    item: Item
    seen: int
    holder: str
    words: Form  # what can be written in place

    @property
    def work(self) -> str:
        return looks.work(self.item)

    @property
    def model_name(self) -> str:
        spec = catalogue.get_model(self.item.model_id)
        return spec.name if spec else self.item.model_id

    @property
    def options(self) -> str:
        """The options it was made with, in one line."""
        shown: dict[str, Any] = self.item.options
        return ", ".join(f"{label_of(name)}: {value}" for name, value in shown.items())

    @property
    def categories(self) -> str:
        shelves = self.item.categories.filter(placements__is_own=True, placements__item=self.item)
        return ", ".join(path_of(shelf) for shelf in shelves.select_related("parent__parent").distinct())

    @cached_property
    def maker_works(self) -> str:
        return counted(Item.objects.filter(created_by=self.item.created_by_id))

    @cached_property
    def maker_rejected(self) -> str:
        return counted(Item.objects.filter(created_by=self.item.created_by_id, status="rejected"))

    @cached_property
    def history(self) -> list[tuple[Decision, str]]:
        rows = self.item.decisions.select_related("by").order_by("-id")[:SHOWN_HISTORY]
        return [(decision, ACTIONS.get(decision.action, decision.action)) for decision in rows]

    @cached_property
    def twins(self) -> list[Twin]:
        return similar(self.item)

    @cached_property
    def reports(self) -> list[Report]:
        return list(Report.objects.filter(item=self.item, closed_at=None)[:SHOWN_HISTORY])

    @property
    def can_be_approved(self) -> bool:
        return self.item.status in ("pending", "rejected")

    @property
    def can_be_rejected(self) -> bool:
        return self.item.status in ("pending", "approved")


def counted(items) -> str:
    number = items.order_by()[:COUNTED_TO].count()
    return f"{number}+" if number == COUNTED_TO else str(number)
