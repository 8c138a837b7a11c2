import uuid
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from accounts import ledger
from accounts.errors import AlreadySettled, AppendOnly, InsufficientCredits
from accounts.models import CreditAccount, LedgerEntry, User
from accounts.tests.factories import make_user

pytestmark = pytest.mark.django_db


def hold(user, amount="18"):
    return ledger.hold(user=user, amount=Decimal(amount), reference=uuid.uuid4())


def figures(user):
    now = ledger.balance_of(user)
    return str(now.balance), str(now.held), str(now.available)


def test_a_new_person_starts_with_the_configured_credits(settings):
    settings.STARTING_CREDITS = "120.5"
    user = User.objects.create_user("malee")
    assert figures(user) == ("120.50", "0.00", "120.50")
    assert [(row.kind, row.reason) for row in user.credits.entries.all()] == [("grant", "starting credits")]


def test_a_superuser_made_by_django_gets_the_credits_too(settings):
    settings.STARTING_CREDITS = "7"
    assert figures(User.objects.create_superuser("root"))[2] == "7.00"


def test_saving_a_person_again_grants_nothing(user):
    user.first_name = "Somchai"
    user.save()
    assert figures(user)[0] == "500.00"


def test_a_person_who_starts_with_nothing_has_an_account_and_no_entry():
    user = make_user(credits="0")
    assert figures(user) == ("0.00", "0.00", "0.00")
    assert not LedgerEntry.objects.exists()


def test_a_grant_adds_to_what_may_be_spent(user):
    entry = ledger.grant(user=user, amount=Decimal("9.25"), reason="thank you")
    assert figures(user) == ("509.25", "0.00", "509.25")
    assert (entry.kind, entry.amount, entry.reason) == ("grant", Decimal("9.25"), "thank you")


def test_a_hold_sets_credits_aside_without_spending_them(user):
    hold(user, "209.5")
    assert figures(user) == ("500.00", "209.50", "290.50")


def test_a_captured_hold_is_paid(user):
    ledger.capture(hold(user, "209.5"))
    assert figures(user) == ("290.50", "0.00", "290.50")


def test_a_hold_captured_in_part_returns_the_rest(user):
    ledger.capture(hold(user, "100"), amount=Decimal("0.01"))
    assert figures(user) == ("499.99", "0.00", "499.99")


def test_a_released_hold_returns_the_credits(user):
    entry = ledger.release(hold(user), reason="provider_error")
    assert figures(user) == ("500.00", "0.00", "500.00")
    assert entry.reason == "provider_error"


def test_every_settlement_names_its_hold_and_its_task(user):
    promised = hold(user)
    paid = ledger.capture(promised)
    assert (paid.hold_id, paid.reference) == (promised.id, promised.reference)


def test_the_last_credit_may_be_held_and_not_one_hundredth_more(user):
    hold(user, "500")
    with pytest.raises(InsufficientCredits) as refusal:
        hold(user, "0.01")
    assert "0.01 credits and you have 0." in str(refusal.value)
    assert LedgerEntry.objects.filter(kind="hold").count() == 1


def test_a_person_without_an_account_has_nothing_to_spend():
    [stranger] = User.objects.bulk_create([User(username="imported")])
    assert ledger.balance_of(stranger).available == 0
    with pytest.raises(InsufficientCredits):
        hold(stranger, "1")


def test_a_person_without_an_account_gets_one_with_the_first_grant():
    [stranger] = User.objects.bulk_create([User(username="imported")])
    ledger.grant(user=stranger, amount=Decimal(5), reason="import")
    assert figures(stranger)[2] == "5.00"


@pytest.mark.parametrize("first", [ledger.capture, ledger.release])
@pytest.mark.parametrize("second", [ledger.capture, ledger.release])
def test_a_hold_is_settled_once(user, first, second):
    promised = hold(user, "100")
    first(promised)
    before = figures(user)
    with pytest.raises(AlreadySettled):
        second(promised)
    assert figures(user) == before
    assert promised.settlements.count() == 1


def test_a_refused_settlement_leaves_the_surrounding_transaction_usable(user):
    promised = hold(user)
    ledger.release(promised)
    with transaction.atomic():
        with pytest.raises(AlreadySettled):
            ledger.capture(promised)
        ledger.grant(user=user, amount=Decimal(1), reason="still works")
    assert figures(user)[0] == "501.00"


def test_one_task_has_one_hold(user):
    reference = uuid.uuid4()
    ledger.hold(user=user, amount=Decimal(1), reference=reference)
    with pytest.raises(IntegrityError), transaction.atomic():
        ledger.hold(user=user, amount=Decimal(1), reference=reference)
    assert figures(user)[1] == "1.00"


def test_more_than_was_held_cannot_be_captured(user):
    promised = hold(user, "18")
    with pytest.raises(ValueError, match="more than"):
        ledger.capture(promised, amount=Decimal("18.01"))


def test_only_a_hold_can_be_settled(user):
    gift = ledger.grant(user=user, amount=Decimal(1), reason="gift")
    with pytest.raises(ValueError, match="cannot be settled"):
        ledger.release(gift)


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "18.005", "10000000000", "NaN", "Infinity"])
def test_an_impossible_amount_is_refused(user, amount):
    with pytest.raises(ValueError, match="not an amount"):
        ledger.grant(user=user, amount=Decimal(amount), reason="?")


@pytest.mark.parametrize("change", [{"held": "-0.01"}, {"held": "500.01"}, {"balance": "-0.01"}])
def test_the_database_refuses_an_account_below_zero(user, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        CreditAccount.objects.filter(user=user).update(**change)


def test_the_models_refuse_to_change_the_ledger(user):
    entry = user.credits.entries.get()
    for attempt in (entry.save, entry.delete, LedgerEntry.objects.all().delete):
        with pytest.raises(AppendOnly):
            attempt()
    with pytest.raises(AppendOnly):
        LedgerEntry.objects.update(amount=1)


@pytest.mark.parametrize("statement", ["UPDATE credit_ledger SET amount = 1", "DELETE FROM credit_ledger"])
def test_the_database_refuses_to_change_the_ledger(user, statement):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)
    assert user.credits.entries.count() == 1
