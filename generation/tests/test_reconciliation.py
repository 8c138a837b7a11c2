"""Ledger, tasks and the provider's balance, compared."""

from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from generation import reconciliation
from generation.models import Alarm, GenerationTask
from generation.tests.conftest import run, submit

BACK_TO_LIFE = {"status": "pending", "stage": "queued", "due_at": timezone.now()}


def reconcile() -> str:
    out = StringIO()
    call_command("reconcile", stdout=out)
    return out.getvalue()


def test_a_days_work_is_summed_up_by_model(sandbox, user):
    run(submit(user))
    run(submit(user, prompt="x [sandbox:fail]"))
    run(submit(user, model_id="z-image"))
    lines = reconciliation.by_model_and_day(timezone.now() - timedelta(days=1))
    assert [(line.model_id, line.tasks, line.delivered, line.earned, line.spent) for line in lines] == [
        ("nano-banana-pro", 2, 1, Decimal("18.00"), Decimal("18.00")),
        ("z-image", 1, 1, Decimal("20.00"), Decimal("0.80")),
    ]


def test_what_the_provider_took_agrees_with_our_tasks(sandbox, user):
    reconciliation.read_balance()
    run(submit(user))
    run(submit(user, prompt="x [sandbox:fail]"))
    _reading, drift = reconciliation.read_balance()
    assert (drift.taken, drift.expected, drift.is_tolerable) == (Decimal("18"), Decimal("18"), True)
    assert not Alarm.objects.filter(kind="balance_drift").exists()


def test_money_that_went_without_a_task_is_an_alarm(sandbox, user):
    reconciliation.read_balance()
    run(submit(user))
    sandbox.desk.account.set(sandbox.desk.account.credits - 5)
    _reading, drift = reconciliation.read_balance()
    assert not drift.is_tolerable
    assert Alarm.objects.get().kind == "balance_drift"


def test_after_a_top_up_there_is_nothing_to_compare(sandbox, db):
    reconciliation.read_balance()
    sandbox.desk.account.set(2_000_000)
    assert reconciliation.read_balance()[1] is None


def test_honest_books_agree(sandbox, user):
    run(submit(user))
    run(submit(user, prompt="x [sandbox:fail]"))
    submit(user)
    assert reconciliation.disagreements() == []
    assert "Ledger and tasks agree." in reconcile()


@pytest.mark.parametrize(
    "lie, words",
    [
        ({"status": "failed"}, "was charged, and not completed"),
        ({"credits_used": 3}, "was charged something else than it says"),
        (
            {"status": "pending", "stage": "queued", "due_at": timezone.now()},
            "is live, and its hold is settled",
        ),
    ],
)
def test_cooked_books_are_named_with_their_task(sandbox, user, lie, words):
    done = run(submit(user))
    GenerationTask.objects.filter(pk=done.pk).update(**lie)
    assert f"Task {done.pk} {words}." in reconciliation.disagreements()
    with pytest.raises(CommandError, match=words):
        reconcile()


def test_an_open_hold_of_an_ended_task_is_named(sandbox, user):
    task = submit(user)
    GenerationTask.objects.filter(pk=task.pk).update(status="cancelled", stage="done", due_at=None)
    assert reconciliation.disagreements() == [f"Task {task.pk} has ended, and its hold is open."]
