"""Closing what the public reported, with a word on what came of it."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from gallery.models import Report, ReportOutcome

SHOWN = 50


def about_no_work() -> list[Report]:
    """Open reports that name an address where no work of ours stands, oldest first: takedown requests."""
    return list(Report.objects.filter(closed_at=None, item=None).order_by("created_at", "id")[:SHOWN])


@transaction.atomic
def close(item_id: UUID, *, by: User, outcome: str, note: str = "") -> int:
    """Close every open report about this item; returns how many there were."""
    return _close(Report.objects.filter(item=item_id), by=by, outcome=outcome, note=note)


@transaction.atomic
def close_one(report: Report, *, by: User, outcome: str, note: str = "") -> bool:
    return bool(_close(Report.objects.filter(pk=report.pk), by=by, outcome=outcome, note=note))


def _close(reports, *, by: User, outcome: str, note: str) -> int:
    chosen = list(reports.select_for_update().filter(closed_at=None))
    ReportOutcome.objects.bulk_create(
        ReportOutcome(report=report, outcome=outcome, note=note, by=by) for report in chosen
    )
    return Report.objects.filter(pk__in=[report.pk for report in chosen]).update(closed_at=timezone.now())
