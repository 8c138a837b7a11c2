"""An account closes; what was its owner's goes."""

import pytest

from accounts import closing, ledger
from accounts.models import LedgerEntry
from generation import states
from generation.models import GenerationTask
from generation.tests.conftest import run, submit
from storage_app.models import Asset, Deletion


def test_work_in_flight_is_stopped_and_its_credits_return(sandbox, user):
    waiting = run(submit(user, prompt="a bridge [sandbox:stuck]"), until=["waiting"])
    queued = submit(user)
    closing.close(user)
    for task in (waiting, queued):
        task.refresh_from_db()
        assert (task.status, task.due_at) == ("cancelled", None)
    assert ledger.balance_of(user).held == 0


@pytest.mark.parametrize("stage", [states.STORING, states.RENDERING])
def test_even_what_is_being_stored_is_stopped(sandbox, user, stage):
    task = run(submit(user, prompt="a bridge [sandbox:stuck]"), until=["waiting"])
    GenerationTask.objects.filter(pk=task.pk).update(status=stage.status, stage=stage.stage)
    closing.close(user)
    task.refresh_from_db()
    assert task.status == "failed"
    assert ledger.balance_of(user).held == 0


def test_files_go_and_words_go_but_the_ledger_stays(sandbox, user):
    done = run(submit(user, prompt="my secret garden"))
    key = done.outputs.get().asset.file.name
    closing.close(user)
    done.refresh_from_db()
    assert (done.prompt, done.input_params, done.outputs.count()) == ("", {}, 0)
    assert not Asset.objects.exists()
    assert Deletion.objects.filter(key=key).exists()
    assert LedgerEntry.objects.filter(account__user=user, kind="capture").count() == 1


def test_somebody_elses_tasks_stay(sandbox, user, django_user_model):
    other = django_user_model.objects.create_user(username="other")
    ledger.grant(user=other, amount=100, reason="test")
    theirs = run(submit(other, prompt="theirs"))
    closing.close(user)
    theirs.refresh_from_db()
    assert (theirs.prompt, theirs.outputs.count()) == ("theirs", 1)
