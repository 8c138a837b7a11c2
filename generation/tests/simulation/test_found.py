"""What the simulation, or writing it, has found, each told once more and slowly."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import closing
from generation import services
from generation.models import GenerationTask
from generation.states import COMPLETED
from generation.tests.conftest import run, submit

LEASE = timedelta(seconds=30)


@pytest.fixture
def late(sandbox, user) -> GenerationTask:
    """Given up at its deadline; a worker holds it now, because the result has come after all."""
    task = run(submit(user, prompt="a bridge [sandbox:stuck]"), until=["waiting"])
    GenerationTask.objects.filter(pk=task.pk).update(deadline_at=timezone.now(), due_at=timezone.now())
    assert run(task).error_code == "provider_timeout"
    sandbox.desk.release(task.external_task_id)
    GenerationTask.objects.filter(pk=task.pk).update(due_at=timezone.now())
    return GenerationTask.objects.claim(lease=LEASE, pk=task.pk)


@pytest.mark.parametrize(
    "let_go",
    [lambda task: services.delete(task, by=task.user), lambda task: closing.close(task.user)],
    ids=["deleted", "account closed"],
)
def test_a_late_result_is_thrown_away_when_its_owner_let_go_meanwhile(late, let_go):
    let_go(late)
    assert not late.move_to(COMPLETED, who="worker")


def test_a_clock_that_was_set_back_does_not_keep_a_task_from_completing(sandbox, user):
    task = run(submit(user), until=["waiting"])
    tomorrow = timezone.now() + timedelta(days=1)
    GenerationTask.objects.filter(pk=task.pk).update(started_at=tomorrow)
    done = run(task)
    assert (done.status, done.processing_time_ms) == ("completed", 0)
