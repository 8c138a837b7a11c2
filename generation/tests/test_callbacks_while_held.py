"""A callback that comes while a worker holds its task is not made to wait for the next reading."""

from datetime import timedelta

import pytest
from django.utils import timezone

from generation import services
from generation.models import GenerationTask
from generation.states import UNCONFIRMED, WAITING
from generation.tests.conftest import run, submit

LEASE = timedelta(seconds=30)


@pytest.fixture
def held(sandbox, user, settings) -> GenerationTask:
    """Waits at the provider; a worker has just claimed it to read it."""
    settings.GENERATION_POLL_SECONDS = 3600
    task = run(submit(user, prompt="a bridge [sandbox:stuck]"), until=["waiting"])
    return claimed(task)


def claimed(task: GenerationTask) -> GenerationTask:
    GenerationTask.objects.filter(pk=task.pk).update(due_at=timezone.now(), lease_until=None)
    return GenerationTask.objects.claim(lease=LEASE, pk=task.pk)


def call_back(task: GenerationTask, **named) -> None:
    body = {"data": {"taskId": task.external_task_id, **named}}
    assert services.take_hint(task_id=task.pk, token=task.callback_token, headers={}, body=body)


def is_due(task: GenerationTask) -> bool:
    return GenerationTask.objects.due().filter(pk=task.pk).exists()


def test_the_task_is_due_at_once_when_its_worker_puts_it_back(held):
    call_back(held)
    services.refresh(held)
    assert is_due(held)


def test_without_a_callback_it_waits_for_its_turn(held):
    services.refresh(held)
    assert not is_due(held)


def test_nobody_else_takes_it_meanwhile(held):
    call_back(held)
    assert not is_due(held)


def test_one_callback_is_good_for_one_reading(held):
    call_back(held)
    services.refresh(held)
    again = GenerationTask.objects.claim(lease=LEASE, pk=held.pk)
    services.refresh(again)
    assert not is_due(held)


def test_a_callback_that_came_before_the_claim_does_not_shorten_what_follows(held):
    services.refresh(held)
    call_back(held)
    services.refresh(claimed(held))
    assert not is_due(held)


def test_a_callback_that_comes_before_the_answer_to_the_order_is_heeded(sandbox, user, settings):
    settings.GENERATION_POLL_SECONDS = 3600
    task = submit(user)
    services.start(claimed_before_it_starts(task))
    assert not is_due(task)
    other = claimed_before_it_starts(submit(user, prompt="another bridge"))
    call_back(other, taskId="not-known-yet")
    services.start(other)
    assert other.state == WAITING
    assert is_due(other)


def claimed_before_it_starts(task: GenerationTask) -> GenerationTask:
    return GenerationTask.objects.claim(lease=LEASE, pk=task.pk)


def test_an_order_that_is_in_doubt_hears_its_callback(sandbox, user, settings):
    settings.GENERATION_POLL_SECONDS = 3600
    task = claimed(run(submit(user, prompt="a bridge [sandbox:drop]"), until=["unconfirmed"]))
    [order] = sandbox.desk.journal.all()
    call_back(task, taskId=order.id)
    services.confirm(task)  # the worker has not seen the id that the callback brought
    assert (task.state, is_due(task)) == (UNCONFIRMED, True)


def test_a_result_that_comes_as_the_deadline_passes_is_fetched_at_once(held):
    held.write(deadline_at=timezone.now())
    call_back(held)
    services.refresh(held)
    assert held.error_code == "provider_timeout"
    assert is_due(held)


def test_a_worker_that_lost_the_task_heeds_nothing(held):
    call_back(held)
    GenerationTask.objects.filter(pk=held.pk).update(fence=held.fence + 1)
    before = GenerationTask.objects.values().get(pk=held.pk)
    services.refresh(held)
    assert GenerationTask.objects.values().get(pk=held.pk) == before


def test_a_download_that_failed_is_not_hurried(sandbox, user, settings):
    settings.GENERATION_RESULT_HOSTS = []
    held = claimed(run(submit(user), until=["storing"]))
    call_back(held)
    services.store(held)
    assert held.stage == "storing"
    assert not is_due(held)
