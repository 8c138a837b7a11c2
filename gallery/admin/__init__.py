"""The moderators' desk in Django's admin."""

from gallery.admin.categories import CategoryAdmin
from gallery.admin.items import ItemAdmin
from gallery.admin.numbers import NumbersAdmin
from gallery.admin.reports import ReportAdmin
from gallery.admin.reservations import ReservationAdmin

__all__ = ["CategoryAdmin", "ItemAdmin", "NumbersAdmin", "ReportAdmin", "ReservationAdmin"]
