"""Random histories against a model of the truth in plain Python."""

import random
import uuid
from decimal import Decimal

import pytest

from accounts import ledger
from accounts.errors import AlreadySettled, InsufficientCredits
from accounts.models import LedgerEntry
from accounts.tests.factories import make_user

pytestmark = pytest.mark.django_db

AWKWARD = ["0.01", "0.1", "0.2", "0.3", "0.7", "1.1", "18", "104.5", "209.5", "315"]  # binary tenths drift


class Truth:
    """Credits in whole hundredths: what is owned, and every hold with its fate."""

    def __init__(self, user, chance: random.Random):
        self.user, self.chance = user, chance
        self.owned = 0
        self.open: dict[LedgerEntry, int] = {}
        self.settled: list[LedgerEntry] = []

    @property
    def free(self) -> int:
        return self.owned - sum(self.open.values())

    def amount(self) -> tuple[Decimal, int]:
        amount = Decimal(self.chance.choice(AWKWARD))
        return amount, int(amount * 100)

    def grant(self):
        amount, hundredths = self.amount()
        ledger.grant(user=self.user, amount=amount, reason="history")
        self.owned += hundredths

    def hold(self):
        amount, hundredths = self.amount()
        if hundredths > self.free:
            with pytest.raises(InsufficientCredits):
                ledger.hold(user=self.user, amount=amount, reference=uuid.uuid4())
        else:
            self.open[ledger.hold(user=self.user, amount=amount, reference=uuid.uuid4())] = hundredths

    def capture(self):
        if promised := self.one_open():
            part = self.chance.randint(1, self.open[promised])
            ledger.capture(promised, amount=Decimal(part) / 100)
            self.owned -= part
            self.close(promised)

    def release(self):
        if promised := self.one_open():
            ledger.release(promised)
            self.close(promised)

    def settle_again(self):
        if self.settled:
            again = self.chance.choice([ledger.capture, ledger.release])
            with pytest.raises(AlreadySettled):
                again(self.chance.choice(self.settled))

    def one_open(self) -> LedgerEntry | None:
        return self.chance.choice(list(self.open)) if self.open else None

    def close(self, promised: LedgerEntry):
        del self.open[promised]
        self.settled.append(promised)

    def step(self):
        verbs = [self.grant, self.hold, self.hold, self.capture, self.release, self.settle_again]
        self.chance.choice(verbs)()


@pytest.mark.parametrize("seed", range(25))
def test_the_account_says_what_its_history_says(seed):
    truth = Truth(make_user(credits="0"), random.Random(seed))
    for _step in range(40):
        truth.step()
        now = ledger.balance_of(truth.user)
        assert now.available * 100 == truth.free
        assert now.balance * 100 == truth.owned
    rows = LedgerEntry.objects.owned_by(truth.user)
    granted, captured, held = (
        sum(rows.filter(kind=kind).values_list("amount", flat=True), Decimal(0))
        for kind in ("grant", "capture", "hold")
    )
    promised = sum(rows.open_holds().values_list("amount", flat=True), Decimal(0))
    assert ledger.balance_of(truth.user).available == granted - captured - promised
    assert held >= captured + promised
