"""The credit ledger: what was granted, what is promised to work in flight, what was paid.

Every verb writes one row and moves the account in the same transaction, by conditional UPDATE:
nothing is read first, so two callers can never spend the same credit.
"""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import DecimalField, F, Q, QuerySet, UUIDField
from django.db.models.functions import Round

from accounts.errors import AccountClosed, AlreadySettled, InsufficientCredits, SpendLimitReached
from accounts.models import ApiKey, CreditAccount, LedgerEntry, User
from smartspec.lib.errors import ProductError
from smartspec.lib.prepared import Change, Given, adding, carry_out

Kind = LedgerEntry.Kind
CENT = Decimal("0.01")
LIMIT = Decimal(10**10)
ID, AMOUNT = Given("id", UUIDField()), Given("amount", DecimalField(max_digits=12, decimal_places=2))


@dataclass(frozen=True)
class Balance:
    """`available` may be spent now: the balance less what is held for work in flight."""

    balance: Decimal
    held: Decimal

    @property
    def available(self) -> Decimal:
        return self.balance - self.held


def balance_of(user: User) -> Balance:
    """As it stands in the database now; nothing for a person without an account."""
    row = CreditAccount.objects.filter(user=user).values_list("balance", "held").first()
    return Balance(*(row or (Decimal(0), Decimal(0))))


def grant(*, user: User, amount: Decimal, reason: str) -> LedgerEntry:
    """Give credits to the user. Raises ValueError when `amount` is not one that may be."""
    amount = valid(amount)
    with transaction.atomic():
        account, _made = CreditAccount.objects.get_or_create(user=user)
        _move(account.pk, balance=amount)
        return LedgerEntry.objects.create(account=account, kind=Kind.GRANT, amount=amount, reason=reason)


def hold(*, user: User, amount: Decimal, reference: UUID, api_key: ApiKey | None = None) -> LedgerEntry:
    """Set credits aside for the task `reference`, within the limit of the key it was ordered with.

    Raises InsufficientCredits, SpendLimitReached or AccountClosed; then nothing changed.
    """
    with transaction.atomic():
        return hold_here(user=user, amount=amount, reference=reference, api_key=api_key)


def hold_here(*, user: User, amount: Decimal, reference: UUID, api_key: ApiKey | None = None) -> LedgerEntry:
    """`hold` in the caller's transaction, without a savepoint: when it raises, that one must be given up."""
    amount = valid(amount)
    entry = LedgerEntry(
        account_id=user.pk, kind=Kind.HOLD, amount=amount, reference=reference, api_key=api_key
    )
    # the account always before the key, so that no two callers wait for each other
    changes = [_set_aside.given(id=user.pk, amount=amount)]
    changes += [_spend.given(id=api_key.pk, amount=amount)] if api_key else []
    is_payable, *is_within = carry_out(*changes, adding(entry))
    if not is_payable:
        raise _refusal(user, amount)
    if not all(is_within):
        raise _limit_reached(api_key, amount)
    return entry


@Change
def _set_aside() -> tuple[QuerySet, dict]:
    held = _exact(F("held") + AMOUNT)
    return CreditAccount.objects.filter(user_id=ID, closed_at=None, balance__gte=held), {"held": held}


@Change
def _spend() -> tuple[QuerySet, dict]:
    spent = _exact(F("spent") + AMOUNT)
    within = Q(spend_limit=None) | Q(spend_limit__gte=spent)
    return ApiKey.objects.filter(within, pk=ID), {"spent": spent}


def _refusal(user: User, amount: Decimal) -> ProductError:
    if CreditAccount.objects.filter(user=user).exclude(closed_at=None).exists():
        return AccountClosed()
    return InsufficientCredits(needed=amount, available=balance_of(user).available)


def _limit_reached(key: ApiKey, amount: Decimal) -> SpendLimitReached:
    limit, before = ApiKey.objects.values_list("spend_limit", "spent").get(pk=key.pk)
    return SpendLimitReached(needed=amount, limit=limit, left=max(Decimal(0), limit - before))


def capture(hold: LedgerEntry, *, amount: Decimal | None = None) -> LedgerEntry:
    """Charge the hold, or `amount` of it; the rest goes back. Raises AlreadySettled the second time."""
    amount = hold.amount if amount is None else valid(amount)
    if amount > hold.amount:
        raise ValueError(f"{amount} is more than the {hold.amount} held")
    return _settle(hold, Kind.CAPTURE, amount=amount, spent=amount)


def release(hold: LedgerEntry, *, reason: str = "") -> LedgerEntry:
    """Give the whole hold back. Raises AlreadySettled the second time."""
    return _settle(hold, Kind.RELEASE, amount=hold.amount, spent=Decimal(0), reason=reason[:200])


def _settle(
    hold: LedgerEntry, kind: Kind, *, amount: Decimal, spent: Decimal, reason: str = ""
) -> LedgerEntry:
    if hold.kind != Kind.HOLD:
        raise ValueError(f"a {hold.kind} cannot be settled")
    try:
        with transaction.atomic():
            entry = LedgerEntry.objects.create(
                account_id=hold.account_id,
                kind=kind,
                amount=amount,
                hold=hold,
                reference=hold.reference,
                reason=reason,
            )
            _move(hold.account_id, balance=-spent, held=-hold.amount)
            _give_back(hold, hold.amount - spent)
            return entry
    except IntegrityError as error:
        if LedgerEntry.objects.filter(hold=hold).exists():
            raise AlreadySettled() from error
        raise


def _move(account_id: UUID, *, balance: Decimal = Decimal(0), held: Decimal = Decimal(0)) -> None:
    """Add to both columns; the table's constraints refuse what must not be."""
    CreditAccount.objects.filter(pk=account_id).update(
        balance=_exact(F("balance") + balance), held=_exact(F("held") + held)
    )


def _give_back(hold: LedgerEntry, unspent: Decimal) -> None:
    if hold.api_key_id and unspent:
        ApiKey.objects.filter(pk=hold.api_key_id).update(spent=_exact(F("spent") - unspent))


def _exact(expression) -> Round:
    """SQLite adds in binary; rounding gives the one value that stands for these two decimals."""
    return Round(expression, precision=2)


def valid(amount: Decimal | str) -> Decimal:
    """An amount that the ledger can hold: whole hundredths above zero, below 10 billion."""
    amount = Decimal(amount)
    if not (amount.is_finite() and CENT <= amount < LIMIT and amount == amount.quantize(CENT)):
        raise ValueError(f"not an amount of credits: {amount}")
    return amount
