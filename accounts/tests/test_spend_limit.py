"""A key spends no more than it was given, whatever its owner has."""

import uuid
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts import ledger
from accounts.errors import InsufficientCredits, SpendLimitReached
from accounts.models import ApiKey, LedgerEntry
from accounts.tests.factories import make_key, make_user
from accounts.tests.test_ledger_races import THREADS, at_once, entries

pytestmark = pytest.mark.django_db


@pytest.fixture
def key(user) -> ApiKey:
    return make_key(user, spend_limit="20")[0]


def hold(key: ApiKey, amount: str) -> LedgerEntry:
    return ledger.hold(user=key.user, amount=Decimal(amount), reference=uuid.uuid4(), api_key=key)


def spent(key: ApiKey) -> str:
    return str(ApiKey.objects.get(pk=key.pk).spent)


def test_a_hold_remembers_the_key_it_was_made_with(key):
    assert hold(key, "5").api_key == key
    assert spent(key) == "5.00"


def test_the_limit_may_be_reached_and_not_passed(key, user):
    hold(key, "19.99")
    hold(key, "0.01")
    with pytest.raises(SpendLimitReached) as refusal:
        hold(key, "0.01")
    assert (refusal.value.status, refusal.value.code) == (402, "insufficient_credits")
    assert "only 0 more of its limit of 20" in str(refusal.value)
    assert "Nothing was charged" in str(refusal.value)
    assert ledger.balance_of(user).held == 20
    assert spent(key) == "20.00"


def test_a_refused_hold_leaves_no_trace(key, user):
    with pytest.raises(SpendLimitReached):
        hold(key, "20.01")
    assert not LedgerEntry.objects.filter(kind="hold").exists()
    assert ledger.balance_of(user).held == 0
    assert spent(key) == "0.00"


def test_what_comes_back_may_be_spent_again(key):
    ledger.release(hold(key, "20"))
    assert spent(key) == "0.00"
    ledger.capture(hold(key, "20"), amount=Decimal("7.5"))
    assert spent(key) == "7.50"
    hold(key, "12.5")


def test_what_was_paid_stays_spent(key):
    ledger.capture(hold(key, "15"))
    with pytest.raises(SpendLimitReached):
        hold(key, "5.01")


def test_a_key_without_a_limit_spends_what_its_owner_has(user):
    key, _secret = make_key(user)
    hold(key, "500")
    assert spent(key) == "500.00"


def test_an_owner_without_credits_is_told_that_and_not_of_limits():
    key, _secret = make_key(make_user(credits="1"), spend_limit="1")
    with pytest.raises(InsufficientCredits) as refusal:
        hold(key, "2")
    assert not isinstance(refusal.value, SpendLimitReached)
    assert spent(key) == "0.00"


def test_other_keys_and_the_browser_are_not_limited(key, user):
    hold(key, "20")
    hold(make_key(user)[0], "30")
    ledger.hold(user=user, amount=Decimal(40), reference=uuid.uuid4())
    assert ledger.balance_of(user).held == 90


def test_a_limit_lowered_below_what_is_spent_lets_nothing_more_through(key):
    hold(key, "10")
    ApiKey.objects.update(spend_limit=Decimal(5))
    with pytest.raises(SpendLimitReached, match="only 0 more of its limit of 5"):
        hold(key, "0.01")


def test_the_database_refuses_a_key_that_spent_less_than_nothing(key):
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiKey.objects.update(spent=Decimal("-0.01"))


def test_awkward_hundredths_add_up(key):
    for amount in ("0.1", "0.2", "0.7", "1.1", "17.9"):
        hold(key, amount)
    assert spent(key) == "20.00"


def test_a_task_ordered_by_key_is_counted_and_refused_over_http(api, user, settings):
    settings.KIE_AI_API_KEY = "key"
    _key, secret = make_key(user, spend_limit="20")
    order = {"prompt": "a bridge"}
    answers = [
        api.post("/api/v1/generation/image", order, format="json", HTTP_X_API_KEY=secret) for _time in "ab"
    ]
    assert [answer.status_code for answer in answers] == [202, 402]
    assert "limit of 20" in answers[1].json()["detail"]


@pytest.mark.django_db(transaction=True)
def test_twenty_threads_spend_no_more_than_the_limit():
    key, _secret = make_key(make_user(credits="100"), spend_limit="7")
    answers = at_once(lambda: hold(key, "1"))
    assert len(entries(answers)) == 7
    assert {type(answer) for answer in answers} == {LedgerEntry, SpendLimitReached}
    assert len(answers) == THREADS
    assert spent(key) == "7.00"


@pytest.mark.django_db(transaction=True)
def test_holds_and_settlements_in_parallel_keep_the_count():
    user = make_user(credits="1000")
    key, _secret = make_key(user)
    at_once(lambda: ledger.capture(hold(key, "1.1"), amount=Decimal("0.7")))
    assert spent(key) == "14.00"
    at_once(lambda: ledger.release(hold(key, "0.3")))
    assert spent(key) == "14.00"
    assert ledger.balance_of(user) == ledger.Balance(balance=Decimal(986), held=Decimal(0))
