"""Results that expired, are gone or break off on their way home, and what becomes of task and price."""

import pytest
from django.utils import timezone

from accounts import ledger
from generation import jobs
from generation.models import GenerationTask
from generation.tests.conftest import run, submit


def patiently(task: GenerationTask) -> GenerationTask:
    """As a worker that does not mind the pauses between its attempts."""
    for _attempt in range(10):
        GenerationTask.objects.filter(pk=task.pk).update(due_at=timezone.now())
        jobs.advance(str(task.pk))
        current = GenerationTask.objects.get(pk=task.pk)
        if current.status != "processing":
            return current
    raise AssertionError(f"still {current.state}: {current.error_raw}")


@pytest.mark.parametrize(
    ("words", "status", "code", "left"),
    [
        ("[sandbox:expired]", "completed", "", 482),  # the second try asks for a fresh address
        ("[sandbox:cut]", "completed", "", 482),
        ("[sandbox:gone]", "failed", "result_unavailable", 500),
        ("[sandbox:no-urls]", "failed", "result_unavailable", 500),
    ],
)
def test_a_result_that_fails_is_tried_again_and_never_charged_in_vain(
    sandbox, user, settings, words, status, code, left
):
    settings.GENERATION_STORE_ATTEMPTS = 3
    done = patiently(run(submit(user, prompt=f"a bridge {words}"), until=["storing", "completed"]))
    assert (done.status, done.error_code) == (status, code)
    assert ledger.balance_of(user).available == left
    assert done.outputs.count() == (status == "completed")
