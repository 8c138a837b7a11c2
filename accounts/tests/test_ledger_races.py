"""Real threads, real commits; the same on SQLite and on PostgreSQL."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection

from accounts import ledger
from accounts.errors import AlreadySettled, InsufficientCredits
from accounts.models import LedgerEntry
from accounts.tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 20


def at_once(work) -> list:
    """What `work()` returned or raised in each of the threads that began together."""
    together = threading.Barrier(THREADS)

    def run(_number: int):
        try:
            together.wait()
            return work()
        except (InsufficientCredits, AlreadySettled) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


def entries(answers: list) -> list[LedgerEntry]:
    return [answer for answer in answers if isinstance(answer, LedgerEntry)]


def test_twenty_threads_get_ten_holds_out_of_ten_credits():
    user = make_user(credits="10")
    answers = at_once(lambda: ledger.hold(user=user, amount=Decimal(1), reference=uuid.uuid4()))
    assert len(entries(answers)) == 10
    assert ledger.balance_of(user) == ledger.Balance(balance=Decimal(10), held=Decimal(10))
    assert LedgerEntry.objects.open_holds().count() == 10


@pytest.mark.parametrize("settle", [ledger.capture, ledger.release])
def test_twenty_threads_settle_one_hold_once(settle):
    user = make_user(credits="30")
    promised = ledger.hold(user=user, amount=Decimal("0.1"), reference=uuid.uuid4())
    ledger.hold(user=user, amount=Decimal("0.2"), reference=uuid.uuid4())
    answers = at_once(lambda: settle(promised))
    assert len(entries(answers)) == 1
    assert ledger.balance_of(user).held == Decimal("0.2")


def test_no_grant_is_lost_when_twenty_arrive_together():
    user = make_user(credits="0")
    at_once(lambda: ledger.grant(user=user, amount=Decimal("0.1"), reason="together"))
    assert ledger.balance_of(user).available == Decimal(2)
