"""What waits for the person who opens the admin."""

from django import template
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from gallery.models import Item, Report
from generation.models import Alarm

register = template.Library()
COUNTED_TO = 1000


def shortly(rows: QuerySet) -> str:
    number = rows.order_by()[:COUNTED_TO].count()
    return f"{number}+" if number == COUNTED_TO else str(number)


@register.inclusion_tag("admin/at_work.html")
def at_work(user: User) -> dict:
    """Links with numbers, as far as this person may follow them."""
    desk = reverse("admin:gallery_item_moderate")
    rows = [
        ("gallery.moderate", desk, _("Works to judge"), Item.objects.pending()),
        ("gallery.moderate", reverse("admin:gallery_report_changelist"), _("Open reports"), open_reports()),
        ("generation.view_alarm", reverse("admin:generation_alarm_changelist"), _("Alarms"), alarms()),
        ("generation.view_modelswitch", reverse("admin:generation_overview"), _("Operations"), None),
        ("generation.add_generationtask", reverse("admin:gallery_item_generate"), _("Generate"), None),
        ("gallery.view_numbers", reverse("admin:gallery_numbers_changelist"), _("Numbers"), None),
    ]
    return {
        "links": [
            (address, words, "" if found is None else shortly(found))
            for right, address, words, found in rows
            if user.has_perm(right)
        ]
    }


def open_reports() -> QuerySet:
    return Report.objects.filter(closed_at=None)


def alarms() -> QuerySet:
    return Alarm.objects.filter(cleared_at=None)
