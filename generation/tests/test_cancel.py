from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts import closing, ledger
from generation import jobs, services, states
from generation.errors import TooLate, TooManyCancels
from generation.models import GenerationTask
from generation.tests.conftest import creates, run, submit


def test_a_queued_task_is_cancelled_before_the_provider_hears_of_it(sandbox, user):
    task = submit(user)
    assert services.cancel(task, by=user)
    jobs.advance(str(task.pk))
    task.refresh_from_db()
    assert (task.status, task.error_code) == ("cancelled", "cancelled_by_user")
    assert ledger.balance_of(user).available == Decimal("500")
    assert creates(sandbox) == 0


def test_what_the_provider_still_delivers_after_a_cancel_is_thrown_away(sandbox, user):
    task = run(submit(user, prompt="a bridge [sandbox:stuck]"), until=["waiting"])
    services.cancel(task, by=user)
    sandbox.desk.release(task.external_task_id)
    GenerationTask.objects.filter(pk=task.pk).update(due_at=timezone.now())
    jobs.advance(str(task.pk))
    task.refresh_from_db()
    assert task.status == "cancelled"
    assert task.outputs.count() == 0


def test_a_worker_that_holds_the_task_finds_its_claim_ended(sandbox, user):
    task = run(submit(user, prompt="a bridge [sandbox:stuck]"), until=["waiting"])
    GenerationTask.objects.filter(pk=task.pk).update(due_at=timezone.now())
    held = GenerationTask.objects.claim(lease=timedelta(seconds=30), pk=task.pk)
    services.cancel(task, by=user)
    assert not held.move_to(states.STORING, who="worker", due_at=timezone.now())
    assert ledger.balance_of(user).available == Decimal("500")


@pytest.mark.parametrize("stage", [states.STORING, states.RENDERING])
def test_a_task_whose_result_is_being_stored_cannot_be_cancelled(sandbox, user, stage):
    task = run(submit(user, prompt="a bridge [sandbox:stuck]"), until=["waiting"])
    GenerationTask.objects.filter(pk=task.pk).update(status=stage.status, stage=stage.stage)
    with pytest.raises(TooLate):
        services.cancel(task, by=user)
    assert ledger.balance_of(user).held == Decimal("18")


def test_a_finished_task_cannot_be_cancelled(sandbox, user):
    done = run(submit(user))
    assert services.cancel(done, by=user) is False
    assert ledger.balance_of(user).balance == Decimal("482")


def test_deleting_a_finished_task_lets_go_of_its_files_and_keeps_a_tombstone(sandbox, user):
    done = run(submit(user))
    services.delete(done, by=user)
    tombstone = GenerationTask.objects.get(pk=done.pk)
    assert tombstone.deleted_at is not None
    assert tombstone.outputs.count() == 0
    assert list(GenerationTask.objects.visible()) == []
    assert ledger.balance_of(user).balance == Decimal("482")


def test_a_deleted_tasks_idempotency_key_stays_used(sandbox, user):
    body = {"prompt": "once"}
    task, _ = services.submit(user=user, task_type="image", body=body, idempotency_key="k")
    services.delete(run(task), by=user)
    again, replayed = services.submit(user=user, task_type="image", body=body, idempotency_key="k")
    assert (again.pk, replayed) == (task.pk, True)


def under_way(user) -> GenerationTask:
    return run(submit(user, prompt="a bridge [sandbox:stuck]"), until=["waiting"])


def test_cancels_after_the_order_are_limited_by_day_and_the_task_goes_on(sandbox, user, settings):
    settings.GENERATION_CANCELS_PER_DAY = 2
    first, second, third = (under_way(user) for _number in range(3))
    services.delete(first, by=user)
    services.delete(second, by=user)
    with pytest.raises(TooManyCancels) as refusal:
        services.delete(third, by=user)
    third.refresh_from_db()
    assert (third.state, ledger.balance_of(user).held) == (states.WAITING, 18)
    assert 0 < refusal.value.retry_after <= 86400


def test_what_was_not_ordered_yet_is_cancelled_without_counting(sandbox, user, settings):
    settings.GENERATION_CANCELS_PER_DAY = 0
    assert services.delete(submit(user), by=user).status == "cancelled"
    with pytest.raises(TooManyCancels):
        services.delete(under_way(user), by=user)


def test_neither_operators_nor_a_closing_account_are_limited(sandbox, user, settings):
    settings.GENERATION_CANCELS_PER_DAY = 0
    assert services.cancel(under_way(user), by=user, code="cancelled_by_operator")
    task = under_way(user)
    closing.close(user)
    assert GenerationTask.objects.get(pk=task.pk).status == "cancelled"


def test_the_api_says_when_to_come_back(sandbox, api, user, settings):
    settings.GENERATION_CANCELS_PER_DAY = 0
    answer = api.delete(f"/api/v1/generation/tasks/{under_way(user).pk}")
    assert (answer.status_code, answer.json()["code"]) == (429, "rate_limited")
    assert int(answer["Retry-After"]) > 0
