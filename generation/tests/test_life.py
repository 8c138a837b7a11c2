"""From a prompt to files, with the provider's real protocol in between."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts import ledger
from accounts.models import LedgerEntry
from generation import jobs, states
from generation.models import GenerationTask
from generation.tests.conftest import creates, run, submit


def settled(user) -> tuple[Decimal, Decimal]:
    balance = ledger.balance_of(user)
    return balance.balance, balance.held


@pytest.mark.parametrize(
    "kind, options, price, content_type",
    [
        ("image", {}, "18", "image/png"),
        ("image", {"model_id": "z-image", "aspect_ratio": "16:9"}, "20", "image/png"),
        ("video", {}, "70", "video/mp4"),
        ("audio", {}, "12", "audio/mpeg"),
        ("audio", {"output_format": "wav"}, "12", "audio/wav"),
    ],
)
def test_a_prompt_becomes_a_file_and_is_charged_once(sandbox, user, kind, options, price, content_type):
    done = run(submit(user, kind, **options))
    assert (done.status, done.error_raw) == ("completed", "")
    output = done.outputs.get()
    assert output.asset.content_type == content_type
    assert output.asset.file.storage.exists(output.asset.file.name)
    assert output.asset.bytes == output.asset.file.storage.size(output.asset.file.name)
    assert done.credits_used == done.credits_quoted == Decimal(price)
    assert settled(user) == (Decimal("500") - Decimal(price), Decimal("0"))
    assert creates(sandbox) == 1


def test_the_file_lies_under_the_contracts_key(sandbox, user):
    done = run(submit(user))
    assert done.outputs.get().asset.file.name == f"images/generated/{user.pk}/{done.pk}.png"


def test_a_thumbnail_is_there_when_the_task_completes(sandbox, user):
    done = run(submit(user))
    asset = done.outputs.get().asset
    thumbnail = asset.renditions.get()
    width = min(640, asset.width)
    assert (thumbnail.format, thumbnail.width) == ("webp", width)
    assert thumbnail.file.name == f"images/thumbnails/{width}/{asset.id}.webp"


def test_the_history_tells_the_whole_life(sandbox, user):
    done = run(submit(user))
    stages = [event.new.split("/")[1] for event in done.events.all()]
    assert stages[:2] == ["queued", "submitting"]
    assert stages[-3:] == ["storing", "rendering", "done"]


@pytest.mark.parametrize(
    "words, code",
    [
        ("[sandbox:fail]", "provider_error"),
        ("[sandbox:moderated]", "content_rejected"),
        ("[sandbox:refuse=505]", "model_unavailable"),
    ],
)
def test_a_failed_task_returns_the_credits(sandbox, user, words, code):
    done = run(submit(user, prompt=f"a bridge {words}"))
    assert (done.status, done.error_code, done.credits_used) == ("failed", code, 0)
    assert settled(user) == (Decimal("500"), Decimal("0"))


def test_success_without_a_file_is_a_failure_that_costs_nothing(sandbox, user, settings):
    settings.GENERATION_STORE_ATTEMPTS = 1
    done = run(submit(user, prompt="a bridge [sandbox:no-urls]"))
    assert (done.status, done.error_code) == ("failed", "result_unavailable")
    assert settled(user) == (Decimal("500"), Decimal("0"))


def test_a_refusal_by_rate_goes_back_to_the_queue(sandbox, user):
    sandbox.desk.mode.set({"faults": {"429": True, "no-callback": True}, "next": 1})
    task = submit(user)
    jobs.advance(str(task.pk))
    task.refresh_from_db()
    assert task.state == states.QUEUED
    assert task.due_at > timezone.now()
    assert creates(sandbox) == 0


def test_a_create_whose_answer_was_lost_is_never_repeated(sandbox, user):
    task = run(submit(user, prompt="a bridge [sandbox:drop]"), until=["unconfirmed"])
    for _again in range(3):
        GenerationTask.objects.filter(pk=task.pk).update(due_at=timezone.now())
        jobs.advance(str(task.pk))
    task.refresh_from_db()
    assert task.state == states.UNCONFIRMED
    assert creates(sandbox) == 1


def test_an_unconfirmed_task_ends_at_its_deadline_with_the_credits_back(sandbox, user):
    task = run(submit(user, prompt="a bridge [sandbox:drop]"), until=["unconfirmed"])
    past = timezone.now() - timedelta(seconds=1)
    GenerationTask.objects.filter(pk=task.pk).update(deadline_at=past, due_at=past)
    done = run(task)
    assert (done.status, done.error_code) == ("failed", "provider_timeout")
    assert settled(user) == (Decimal("500"), Decimal("0"))
    assert creates(sandbox) == 1


def test_a_worker_that_died_while_submitting_leaves_doubt_not_a_second_order(sandbox, user):
    task = submit(user)
    claimed = GenerationTask.objects.claim(lease=timedelta(seconds=30), pk=task.pk)
    claimed.move_to(
        states.SUBMITTING,
        who="worker",
        due_at=timezone.now(),
        started_at=timezone.now(),
        deadline_at=timezone.now() + timedelta(minutes=5),
    )
    jobs.advance(str(task.pk))
    task.refresh_from_db()
    assert task.state == states.UNCONFIRMED
    assert creates(sandbox) == 0


def test_a_stuck_task_ends_at_its_deadline(sandbox, user):
    task = run(submit(user, prompt="a bridge [sandbox:stuck]"), until=["waiting"])
    GenerationTask.objects.filter(pk=task.pk).update(deadline_at=timezone.now(), due_at=timezone.now())
    done = run(task)
    assert (done.status, done.error_code) == ("failed", "provider_timeout")
    assert settled(user) == (Decimal("500"), Decimal("0"))


def test_a_late_result_is_delivered_free_of_charge(sandbox, user):
    task = run(submit(user, prompt="a bridge [sandbox:stuck]"), until=["waiting"])
    GenerationTask.objects.filter(pk=task.pk).update(deadline_at=timezone.now(), due_at=timezone.now())
    failed = run(task)
    sandbox.desk.release(failed.external_task_id)
    end = timezone.now() + timedelta(seconds=30)
    while failed.status == "failed" and timezone.now() < end:
        GenerationTask.objects.filter(pk=task.pk).update(due_at=timezone.now())
        jobs.advance(str(task.pk))
        failed.refresh_from_db()
    assert (failed.status, failed.credits_used, failed.output_metadata) == ("completed", 0, {"late": True})
    assert failed.outputs.count() == 1
    assert settled(user) == (Decimal("500"), Decimal("0"))


def test_every_task_ends_with_one_hold_and_one_settlement(sandbox, user):
    done = [run(submit(user)), run(submit(user, prompt="x [sandbox:fail]"))]
    for task in done:
        kinds = sorted(LedgerEntry.objects.filter(hold=task.hold).values_list("kind", flat=True))
        assert kinds == (["capture"] if task.status == "completed" else ["release"])


def test_a_second_delivery_of_the_same_job_leaves_quietly(sandbox, user):
    task = submit(user)
    held = GenerationTask.objects.claim(lease=timedelta(seconds=30), pk=task.pk)
    jobs.advance(str(task.pk))
    task.refresh_from_db()
    assert (task.fence, task.state) == (held.fence, states.QUEUED)
    assert creates(sandbox) == 0


def test_a_wake_up_for_a_task_that_does_not_exist_is_harmless(db):
    jobs.advance(str(uuid.uuid4()))


def test_the_sweep_finds_tasks_that_no_wake_up_came_for(sandbox, user):
    task = submit(user)
    assert jobs.sweep(limit=1) == 1
    task.refresh_from_db()
    assert task.state == states.WAITING


def test_a_task_that_breaks_its_workers_is_given_up(sandbox, user):
    task = submit(user)
    GenerationTask.objects.filter(pk=task.pk).update(tries=jobs.GIVE_UP_AFTER + 1)
    done = run(task)
    assert (done.status, done.error_code) == ("failed", "internal")
    assert settled(user) == (Decimal("500"), Decimal("0"))
