"""Do the ledger, the tasks and the provider's balance tell the same story?"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import TruncDate

from accounts.models import LedgerEntry
from generation import alarms, provider
from generation.models import LIVE_STATUSES, BalanceReading, GenerationTask

TOLERATED_DRIFT = Decimal("0.01")
ZERO = Decimal(0)


@dataclass(frozen=True)
class Line:
    """One model on one day; credits are ours in `earned` and the provider's in `spent`."""

    day: datetime
    model_id: str
    tasks: int
    delivered: int
    earned: Decimal
    spent: Decimal


@dataclass(frozen=True)
class Drift:
    """What the provider took since the last reading, beside what our tasks say it should have taken."""

    since: datetime
    taken: Decimal
    expected: Decimal

    @property
    def share(self) -> Decimal:
        return abs(self.taken - self.expected) / max(self.expected, Decimal(1))

    @property
    def is_tolerable(self) -> bool:
        return self.share <= TOLERATED_DRIFT


def by_model_and_day(since: datetime) -> list[Line]:
    rows = (
        GenerationTask.objects.filter(created_at__gte=since)
        .annotate(day=TruncDate("created_at"))
        .values("day", "model_id")
        .annotate(
            tasks=Count("id"),
            delivered=Count("id", filter=Q(status="completed")),
            earned=Sum("credits_used"),
            spent=Sum("upstream_credits", filter=Q(started_at__isnull=False)),
        )
        .order_by("day", "model_id")
    )
    return [Line(**{**row, "earned": row["earned"] or ZERO, "spent": row["spent"] or ZERO}) for row in rows]


def disagreements() -> list[str]:
    """What must never be: one sentence each, with the task's id. Empty when the books agree."""
    tasks = GenerationTask.objects.filter(hold__isnull=False)
    captured = Q(hold__settlements__kind=LedgerEntry.Kind.CAPTURE)
    settled = Q(hold__settlements__isnull=False)
    rules = {
        "is live, and its hold is settled": tasks.filter(settled, status__in=LIVE_STATUSES),
        "has ended, and its hold is open": tasks.exclude(status__in=LIVE_STATUSES).exclude(settled),
        "was charged, and not completed": tasks.filter(captured).exclude(status="completed"),
        "was charged something else than it says": tasks.filter(captured).exclude(
            hold__settlements__amount=F("credits_used")
        ),
    }
    return [
        f"Task {pk} {words}." for words, found in rules.items() for pk in found.values_list("pk", flat=True)
    ]


def read_balance() -> tuple[BalanceReading, Drift | None]:
    """Note the provider's balance; the drift since the last reading, None after a top-up or the first time.

    More than one percent raises an alarm. Raises ProviderError.
    """
    last = BalanceReading.objects.filter(closes_books=True).order_by("-at").first()
    now = BalanceReading.objects.create(credits=provider.client().credit())
    if last is None or now.credits > last.credits:
        return now, None
    ordered = GenerationTask.objects.filter(started_at__gt=last.at, started_at__lte=now.at)
    expected = ordered.aggregate(all=Sum("upstream_credits"))["all"] or ZERO
    drift = Drift(last.at, last.credits - now.credits, expected)
    if not drift.is_tolerable:
        alarms.sound("balance_drift", "kie.ai", f"took {drift.taken}, expected {drift.expected}")
    return now, drift
