"""What became of the credits of one task."""

from dataclasses import dataclass
from decimal import Decimal

from accounts.models import LedgerEntry
from generation.models import GenerationTask

Kind = LedgerEntry.Kind
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Receipt:
    """Credits. `held` is what is still promised; quoted = held + captured + released at any time."""

    quoted: Decimal
    held: Decimal
    captured: Decimal
    released: Decimal
    refunded: Decimal  # given back by staff after it was captured
    upstream_cost: Decimal | None  # what the provider takes for it; for operators only
    reason: str  # why it was released, or given back


def receipt_of(task: GenerationTask) -> Receipt:
    settlement = LedgerEntry.objects.filter(hold=task.hold_id).first() if task.hold_id else None
    refund = refund_of(task).first()
    captured = settlement.amount if settlement and settlement.kind == Kind.CAPTURE else NOTHING
    held = task.credits_quoted if task.hold_id and not settlement else NOTHING
    return Receipt(
        quoted=task.credits_quoted,
        held=held,
        captured=captured,
        released=task.credits_quoted - held - captured,
        refunded=refund.amount if refund else NOTHING,
        upstream_cost=task.upstream_credits,
        reason=refund.reason.removeprefix(refund_mark(task)) if refund else getattr(settlement, "reason", ""),
    )


def refund_mark(task: GenerationTask) -> str:
    """How the reason of a refund's grant begins: that is what tells it from other grants."""
    return f"refund of {task.pk}: "


def refund_of(task: GenerationTask):
    return LedgerEntry.objects.owned_by(task.user).filter(
        kind=Kind.GRANT, reason__startswith=refund_mark(task)
    )
