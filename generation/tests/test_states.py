"""The table of moves, written down a second time by hand."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from generation import states
from generation.models import GenerationTask
from generation.tests.conftest import submit

LEGAL = {
    ("pending/queued", "processing/submitting"),
    ("pending/queued", "failed/done"),
    ("pending/queued", "cancelled/done"),
    ("processing/submitting", "pending/queued"),
    ("processing/submitting", "processing/waiting"),
    ("processing/submitting", "processing/unconfirmed"),
    ("processing/submitting", "failed/done"),
    ("processing/submitting", "cancelled/done"),
    ("processing/unconfirmed", "processing/waiting"),
    ("processing/unconfirmed", "failed/done"),
    ("processing/unconfirmed", "cancelled/done"),
    ("processing/waiting", "processing/generating"),
    ("processing/waiting", "processing/storing"),
    ("processing/waiting", "failed/done"),
    ("processing/waiting", "cancelled/done"),
    ("processing/generating", "processing/storing"),
    ("processing/generating", "failed/done"),
    ("processing/generating", "cancelled/done"),
    ("processing/storing", "processing/rendering"),
    ("processing/storing", "failed/done"),
    ("processing/rendering", "completed/done"),
    ("processing/rendering", "failed/done"),
    ("failed/done", "completed/done"),
}


@pytest.fixture
def task(sandbox, user):
    return submit(user)


def test_exactly_these_moves_are_legal():
    found = {
        (str(old), str(new)) for old in states.STATES for new in states.STATES if states.may_move(old, new)
    }
    assert found == LEGAL


def test_a_move_leaves_a_history_row(task):
    assert task.move_to(states.SUBMITTING, who="worker", why="because", due_at=timezone.now())
    event = task.events.last()
    assert (event.old, event.new, event.who, event.why, event.sequence) == (
        "pending/queued",
        "processing/submitting",
        "worker",
        "because",
        1,
    )


def test_an_illegal_move_changes_nothing(task):
    assert not task.move_to(states.COMPLETED, who="worker")
    task.refresh_from_db()
    assert task.state == states.QUEUED
    assert task.events.count() == 1


def test_the_second_of_two_movers_loses(task):
    other = GenerationTask.objects.get(pk=task.pk)
    assert task.move_to(states.SUBMITTING, who="first", due_at=timezone.now())
    assert not other.move_to(states.CANCELLED, who="second")
    assert GenerationTask.objects.get(pk=task.pk).state == states.SUBMITTING


def test_a_worker_whose_fence_was_raised_can_move_nothing(task):
    GenerationTask.objects.filter(pk=task.pk).update(fence=task.fence + 1)
    assert not task.move_to(states.SUBMITTING, who="late", due_at=timezone.now())
    assert not task.write(progress=0.5)


def test_a_final_move_ends_the_due_time(task):
    task.move_to(states.FAILED, who="worker")
    assert task.due_at is None
    assert task.completed_at is not None


@pytest.mark.parametrize(
    "broken",
    [
        {"status": "completed", "stage": "queued"},
        {"status": "processing", "stage": "done"},
        {"status": "processing", "stage": "waiting", "external_task_id": None},
        {"due_at": None},
    ],
)
def test_the_database_refuses_what_must_never_be_seen(task, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        GenerationTask.objects.filter(pk=task.pk).update(**broken)


def test_one_upstream_order_belongs_to_one_task(sandbox, user):
    first, second = submit(user), submit(user)
    GenerationTask.objects.filter(pk=first.pk).update(external_task_id="abc")
    with pytest.raises(IntegrityError), transaction.atomic():
        GenerationTask.objects.filter(pk=second.pk).update(external_task_id="abc")


def test_the_architecture_page_draws_this_very_table(settings):
    page = (settings.BASE_DIR / "docs" / "architecture.md").read_text()
    assert f"```mermaid\n{states.diagram()}\n```" in page
