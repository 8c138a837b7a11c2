"""Every chart there is, in the order of the page."""

from django.utils.translation import gettext_lazy as _

from gallery.numbers.sheets import house, money, visitors, work
from gallery.numbers.sheets.sheet import Builder, Sheet

SECTIONS: tuple[tuple[str, tuple[Builder, ...]], ...] = (
    (_("Work"), (work.tasks, work.success, work.models, work.waits, work.causes)),
    (_("Money"), (money.sales, money.margins, money.refunds)),
    (
        _("Visitors"),
        (visitors.views, visitors.likes, visitors.shares, visitors.missed, visitors.funnel, visitors.top),
    ),
    (_("House"), (house.desk, house.patience, house.storage)),
)

__all__ = ["SECTIONS", "Sheet"]
