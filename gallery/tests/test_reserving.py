from datetime import timedelta

import pytest
from django.utils import timezone

from gallery import jobs, reserving
from gallery.models import Item, Reservation
from gallery.tests.factories import make_staff, make_task, make_user
from generation.models import GenerationTask
from generation.signals import task_completed, task_ended

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting():
    """A reservation whose task is still in the queue."""
    task = make_task(user=make_user(), done=False)
    return reserving.reserve(task, by=make_staff(), fields={"title": "Later"}, approve=True)


def finish(reservation):
    """Give the task its file and say so, as the generation room does."""
    done = make_task()
    output = done.outputs.get()
    output.task_id = reservation.task_id
    output.save()
    GenerationTask.objects.filter(pk=reservation.task_id).update(
        status="completed", stage="done", due_at=None, completed_at=timezone.now()
    )
    task_completed.send(sender=GenerationTask, task=GenerationTask.objects.get(pk=reservation.task_id))


def make_due():
    Reservation.objects.update(due_at=timezone.now())


def test_the_item_comes_with_the_bytes_under_the_promised_id(waiting):
    assert jobs.sweep(10) == 0
    finish(waiting)
    assert jobs.sweep(10) == 1
    item = Item.objects.get()
    assert (item.pk, item.title, item.status) == (waiting.item_id, "Later", "approved")
    assert not Reservation.objects.exists()


def test_without_approval_the_item_waits_for_a_moderator():
    reserving.reserve(make_task(), by=make_staff(), fields={"title": "A"})
    jobs.sweep(10)
    assert Item.objects.get().status == "pending"


def test_a_task_that_was_faster_than_the_reservation_is_served_at_once():
    reserving.reserve(make_task(), by=make_staff(), fields={"title": "A"})
    assert jobs.sweep(10) == 1
    assert Item.objects.exists()


def test_a_failed_task_leaves_neither_item_nor_promise(waiting):
    task_ended.send(sender=GenerationTask, task=waiting.task)
    assert not Reservation.objects.exists()
    assert not Item.objects.exists()


def test_a_deleted_task_leaves_neither_item_nor_promise(waiting):
    finish(waiting)
    GenerationTask.objects.filter(pk=waiting.task_id).update(deleted_at=timezone.now())
    jobs.sweep(10)
    assert not Reservation.objects.exists()
    assert not Item.objects.exists()


def test_a_lost_signal_is_made_good_by_looking_again(waiting):
    make_due()
    assert jobs.sweep(10) == 1
    waiting.refresh_from_db()
    assert waiting.due_at > timezone.now() + timedelta(seconds=50)
    GenerationTask.objects.filter(pk=waiting.task_id).update(
        status="failed", stage="done", due_at=None, completed_at=timezone.now()
    )
    make_due()
    jobs.sweep(10)
    assert not Reservation.objects.exists()


def test_a_second_delivery_of_the_job_leaves_quietly(waiting):
    finish(waiting)
    assert jobs.fulfil(str(waiting.pk))
    assert not jobs.fulfil(str(waiting.pk))
    assert Item.objects.count() == 1


def test_two_promises_for_one_task_are_one():
    task, staff = make_task(), make_staff()
    first = reserving.reserve(task, by=staff, fields={"title": "A"})
    assert reserving.reserve(task, by=staff, fields={"title": "B"}) == first


def test_a_job_that_fails_is_tried_again_later(waiting, caplog):
    finish(waiting)
    Reservation.objects.update(fields={"title": "A", "categories": ["gone"]})
    jobs.sweep(10)
    waiting.refresh_from_db()
    assert waiting.tries == 1
    assert "gone" in waiting.error
    assert waiting.due_at is not None
    assert "was not fulfilled" in caplog.text


def test_after_many_failures_the_row_is_left_for_people(waiting, caplog):
    finish(waiting)
    Reservation.objects.update(fields={"categories": ["gone"]}, tries=reserving.MOST_TRIES)
    jobs.sweep(10)
    waiting.refresh_from_db()
    assert waiting.due_at is None
    assert "gone" in waiting.error


def test_a_sweep_does_no_more_than_it_was_asked():
    for _number in range(3):
        reserving.reserve(make_task(), by=make_staff(), fields={"title": "A"})
    assert jobs.sweep(2) == 2
    assert Item.objects.count() == 2
