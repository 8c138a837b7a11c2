"""Everybody's turn comes, nobody takes more than their share, and waiting costs nothing."""

import pytest
from django.utils import timezone

from accounts.tests.factories import make_user
from generation import admission, jobs, services
from generation.errors import TooManyTasks
from generation.models import NOT_ADMITTED, GenerationTask
from generation.tests.conftest import creates, run, submit


@pytest.fixture
def narrow(db, sandbox, settings):
    """Room for three tasks at a time, two of one user."""
    settings.GENERATION_MAX_IN_FLIGHT = 3
    settings.GENERATION_MAX_IN_FLIGHT_PER_USER = 2
    return sandbox


def rich(name):
    return make_user(username=name, credits="5000")


def is_admitted(task) -> bool:
    return GenerationTask.objects.get(pk=task.pk).due_at != NOT_ADMITTED


def test_with_room_a_task_is_due_at_once(narrow, user):
    assert submit(user).due_at <= timezone.now()


def test_a_user_has_so_many_tasks_under_way_and_no_more(narrow, user):
    assert [is_admitted(submit(user)) for _ in range(4)] == [True, True, False, False]


def test_a_newcomer_is_admitted_before_the_third_task_of_an_early_bird(narrow):
    early, late = rich("early"), rich("late")
    birds = [submit(early) for _ in range(4)]
    newcomer = submit(late)
    assert not is_admitted(newcomer)
    admission.admit()
    assert is_admitted(newcomer)
    assert [is_admitted(task) for task in birds] == [True, True, False, False]


def test_users_are_served_in_turn(narrow, settings):
    people = [rich(name) for name in ("a", "b", "c")]
    settings.GENERATION_MAX_IN_FLIGHT = 0
    tasks = {person: [submit(person) for _ in range(3)] for person in people}
    settings.GENERATION_MAX_IN_FLIGHT = 3
    assert admission.admit() == 3
    assert [is_admitted(tasks[person][0]) for person in people] == [True, True, True]


def test_a_finished_task_makes_room_for_the_next(narrow, user):
    tasks = [submit(user) for _ in range(3)]
    assert admission.admit() == 0
    run(tasks[0])
    assert admission.admit() == 1
    assert is_admitted(tasks[2])


def test_too_many_waiting_tasks_are_refused_before_a_credit_moves(narrow, user, settings):
    settings.GENERATION_MAX_WAITING_PER_USER = 3
    for _ in range(3):
        submit(user)
    with pytest.raises(TooManyTasks) as refused:
        submit(user)
    assert refused.value.retry_after == 30
    assert GenerationTask.objects.count() == 3


def test_what_waits_is_not_touched_by_the_sweep(narrow, user):
    waiting = [submit(user) for _ in range(4)][3]
    jobs.sweep(limit=10)
    waiting.refresh_from_db()
    assert (waiting.fence, waiting.tries) == (0, 0)
    assert creates(narrow) == 2


def test_the_pace_of_creates_limits_admission(narrow, user, settings):
    settings.GENERATION_CREATES_PER_WINDOW = 1
    assert [is_admitted(submit(user)) for _ in range(2)] == [True, False]
    jobs.sweep(limit=10)
    assert creates(narrow) == 1


def test_a_cancelled_waiting_task_leaves_the_queue(narrow, user):
    waiting = [submit(user) for _ in range(3)][2]
    services.cancel(waiting, by=user)
    assert not admission.somebody_waits()


def test_a_long_queue_costs_a_fixed_number_of_queries(narrow, user, django_assert_max_num_queries):
    for _ in range(12):
        submit(user)
    with django_assert_max_num_queries(8):
        admission.admit()
