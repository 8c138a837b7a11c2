"""Statements that are written once do what Django's own would, whatever values they come with."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import CharField, DecimalField, F, UUIDField
from django.utils import timezone

from accounts.models import ApiKey, CreditAccount
from accounts.tests.factories import make_user
from generation.models import GenerationTask, PriceOverride, TaskEvent
from smartspec.lib.prepared import Change, Given, adding, carry_out, insert

pytestmark = pytest.mark.django_db
USER, NAME = Given("user", UUIDField()), Given("name", CharField())
AMOUNT = Given("amount", DecimalField(max_digits=12, decimal_places=2))
earn = Change(
    lambda: (CreditAccount.objects.filter(user_id=USER, held=0), {"balance": F("balance") + AMOUNT})
)


def test_a_change_is_carried_out_again_with_other_values():
    rich, poor = make_user(credits="10"), make_user(credits="1")
    assert earn(user=rich.pk, amount=Decimal("0.25")) == 1
    assert earn(user=poor.pk, amount=Decimal("7.5")) == 1
    assert CreditAccount.objects.get(user=rich).balance == Decimal("10.25")
    assert CreditAccount.objects.get(user=poor).balance == Decimal("8.50")


def test_a_change_says_when_there_was_nothing_to_change():
    user = make_user(credits="10")
    CreditAccount.objects.filter(user=user).update(held=1)
    assert earn(user=user.pk, amount=Decimal(5)) == 0
    assert CreditAccount.objects.get(user=user).balance == 10


def test_a_change_takes_one_statement_and_is_thought_out_once(django_assert_num_queries):
    made = []

    def build():
        made.append("queryset")
        return ApiKey.objects.filter(user_id=USER), {"name": NAME}

    rename = Change(build)
    for user in (make_user(), make_user()):
        with django_assert_num_queries(1):
            rename(user=user.pk, name="' OR 1 = 1 --")
    assert made == ["queryset"]


def key_of(user) -> ApiKey:
    return ApiKey(
        user=user,
        name="50 % of 'all'",
        prefix="ss_live_abc",
        digest="d" * 64,
        scopes=["generate", "ü"],
        expires_at=timezone.now() + timedelta(days=1),
        spend_limit=Decimal("12.5"),
    )


def test_a_row_that_was_added_reads_as_it_was_written(django_assert_num_queries):
    row = key_of(make_user())
    with django_assert_num_queries(1):
        insert(row)
    assert values_of(ApiKey.objects.get(pk=row.pk)) == values_of(row)


def values_of(row) -> dict:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_a_row_that_was_added_knows_that_it_stands_in_the_database():
    row = key_of(make_user())
    insert(row)
    row.name = "another"
    row.save(update_fields=["name"])
    assert ApiKey.objects.get(pk=row.pk).name == "another"


def test_moments_of_making_are_noted():
    before = timezone.now()
    row = key_of(make_user())
    insert(row)
    assert before <= row.created_at <= timezone.now()


def price(tier: str) -> PriceOverride:
    return PriceOverride(model_id="m", tier=tier, credits=Decimal(4), reason="sale", by=make_user())


def test_a_row_may_be_counted_by_the_database():
    for tier in ("1K", "2K"):
        insert(price(tier))
    assert {row.tier for row in PriceOverride.objects.all()} == {"1K", "2K"}


def test_constraints_refuse_a_row_as_ever():
    insert(key_of(make_user()))
    with pytest.raises(IntegrityError):
        insert(key_of(make_user()))


def test_each_table_has_its_own_statement():
    insert(key_of(make_user()))
    insert(price("1K"))
    assert ApiKey.objects.count() == PriceOverride.objects.count() == 1


WRITTEN_AT_ONCE = {"sqlite": 3, "postgresql": 1}  # statements


def test_several_writes_say_how_many_rows_each_of_them_touched(django_assert_num_queries):
    user, key = make_user(credits="10"), key_of(make_user())
    rename = Change(lambda: (ApiKey.objects.filter(user_id=USER), {"name": NAME}))
    with django_assert_num_queries(WRITTEN_AT_ONCE[connection.vendor]):
        touched = carry_out(
            earn.given(user=user.pk, amount=Decimal(5)),
            rename.given(user=user.pk, name="of nobody"),
            adding(key),
        )
    assert touched == [1, 0, 1]
    assert CreditAccount.objects.get(user=user).balance == 15
    assert values_of(ApiKey.objects.get(pk=key.pk)) == values_of(key)


def test_rows_of_several_tables_are_added_together_and_may_lean_on_each_other():
    user = make_user()
    task = GenerationTask(
        user=user, task_type="image", model_id="m", prompt="50 %", credits_quoted=1, due_at=timezone.now()
    )
    event = TaskEvent(task=task, sequence=0, old="", new="pending/queued", who="worker")
    insert(task, event)
    assert values_of(GenerationTask.objects.get()) == values_of(task)
    assert task.events.get().new == "pending/queued"


def test_of_several_writes_none_stays_when_one_is_refused():
    insert(key_of(make_user()))
    user = make_user(credits="10")
    with pytest.raises(IntegrityError), transaction.atomic():
        carry_out(earn.given(user=user.pk, amount=Decimal(5)), adding(key_of(user)))
    assert CreditAccount.objects.get(user=user).balance == 10
