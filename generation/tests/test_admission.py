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


def waits(task) -> bool:
    return GenerationTask.objects.get(pk=task.pk).due_at == NOT_ADMITTED


def work() -> None:
    """What a worker does in a moment: every due task one step."""
    jobs.sweep(limit=50)


def test_with_room_a_task_is_due_at_once(narrow, user):
    assert submit(user).due_at <= timezone.now()


def test_a_user_has_so_many_tasks_under_way_and_no_more(narrow, user):
    assert [waits(submit(user)) for _ in range(4)] == [False, False, True, True]


def test_the_whole_system_has_so_many_tasks_under_way_and_no_more(narrow):
    tasks = [submit(rich(name), prompt="x [sandbox:stuck]") for name in ("a", "b", "c", "d")]
    work()
    assert [waits(task) for task in tasks] == [False, False, False, True]
    assert creates(narrow) == 3


def test_a_newcomer_is_called_up_before_the_third_task_of_an_early_bird(narrow):
    early, late = rich("early"), rich("late")
    birds = [submit(early, prompt="x [sandbox:stuck]") for _ in range(4)]
    newcomer = submit(late, prompt="x [sandbox:stuck]")
    work()
    assert not waits(newcomer)
    assert [waits(task) for task in birds] == [False, False, True, True]


def test_users_are_served_in_turn(narrow, settings):
    settings.GENERATION_MAX_IN_FLIGHT = 0
    people = [rich(name) for name in ("a", "b", "c")]
    tasks = {person: [submit(person) for _ in range(3)] for person in people}
    work()
    settings.GENERATION_MAX_IN_FLIGHT = 3
    assert admission.admit() == 3
    assert [waits(tasks[person][0]) for person in people] == [False, False, False]


def test_nobody_overtakes_those_who_wait(narrow, settings):
    settings.GENERATION_MAX_IN_FLIGHT = 0
    first = submit(rich("first"))
    work()
    settings.GENERATION_MAX_IN_FLIGHT = 3
    second = submit(rich("second"))
    jobs.advance(str(second.pk))
    assert waits(second)
    admission.admit()
    assert not waits(first)


def test_a_finished_task_makes_room_for_the_next(narrow, user):
    tasks = [submit(user) for _ in range(3)]
    assert admission.admit() == 0
    run(tasks[0])
    assert admission.admit() == 1
    assert not waits(tasks[2])


def test_too_many_waiting_tasks_are_refused_before_a_credit_moves(narrow, user, settings):
    settings.GENERATION_MAX_WAITING_PER_USER = 3
    for _ in range(3):
        submit(user)
    with pytest.raises(TooManyTasks) as refused:
        submit(user)
    assert refused.value.retry_after == 30
    assert GenerationTask.objects.count() == 3


def test_what_waits_is_not_touched_by_the_sweep(narrow, user):
    waiting = [submit(user, prompt="x [sandbox:stuck]") for _ in range(4)][3]
    work()
    waiting.refresh_from_db()
    assert (waiting.fence, waiting.tries) == (0, 0)
    assert creates(narrow) == 2


def test_the_pace_of_creates_limits_what_starts(narrow, user, settings):
    settings.GENERATION_CREATES_PER_WINDOW = 1
    tasks = [submit(user, prompt="x [sandbox:stuck]") for _ in range(2)]
    work()
    assert creates(narrow) == 1
    assert [waits(task) for task in tasks] == [False, True]


def test_a_cancelled_waiting_task_leaves_the_line(narrow, user):
    waiting = [submit(user) for _ in range(3)][2]
    services.cancel(waiting, by=user)
    assert not admission.somebody_waits()


def test_a_long_line_costs_a_fixed_number_of_queries(narrow, user, django_assert_max_num_queries):
    for _ in range(12):
        submit(user)
    with django_assert_max_num_queries(8):
        admission.admit()
