"""What staff gave back on one day, from the ledger.

The ledger has no index by time alone, the audit does: whoever got credits that day stands there, and a
person's own entries have an index.
"""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import regex

from accounts.models import AuditEntry, LedgerEntry
from gallery.numbers import days
from generation.models import GenerationTask

REASON = regex.compile(r"^refund of (?P<task>[0-9a-f-]{36}):")
RECEIVER = regex.compile(r" to (?P<user>[0-9a-f-]{36})$")
APART = timedelta(minutes=1)  # at most, between the two rows of one refund


def of_day(day: date) -> list[tuple[str, str, Decimal]]:
    """(model, kind, credits) of every refund; the model of a task that nobody knows is empty."""
    refunds = [
        (UUID(match["task"]), amount)
        for reason, amount in grants(day).values_list("reason", "amount")
        if (match := REASON.match(reason))
    ]
    tasks = GenerationTask.objects.filter(pk__in={task for task, _amount in refunds})
    known = {pk: (model, kind) for pk, model, kind in tasks.values_list("pk", "model_id", "task_type")}
    return [(*known.get(task, ("", "")), amount) for task, amount in refunds]


def grants(day: date):
    since, until = days.start_of(day), days.end_of(day)
    noted = AuditEntry.objects.filter(
        action=AuditEntry.Action.CREDITS_GRANTED, at__gte=since - APART, at__lt=until + APART
    )
    found = map(RECEIVER.search, noted.order_by().values_list("object", flat=True).distinct())
    receivers = {UUID(match["user"]) for match in found if match}
    return LedgerEntry.objects.filter(
        account__in=receivers,
        kind=LedgerEntry.Kind.GRANT,
        created_at__gte=since,
        created_at__lt=until,
        reason__startswith="refund of ",
    )
