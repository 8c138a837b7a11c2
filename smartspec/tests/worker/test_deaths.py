"""Whatever dies, jobs go on."""

import os
import signal

import pytest
from django.db import connection
from django_q.models import Failure, OrmQ

from smartspec.tests.worker import errands
from smartspec.tests.worker.conftest import is_alive, wait_until

pytestmark = pytest.mark.processes


@pytest.mark.parametrize("killed", [1, 2])
def test_killed_idle_children_are_replaced(desk, killed):
    desk.start()
    assert desk.works()
    before = desk.children()
    for pid in before[:killed]:
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: len(desk.children()) == 2 and set(desk.children()) != set(before))
    assert desk.works()


def test_children_that_are_killed_again_and_again_are_still_replaced(orm_desk):
    orm_desk.start()
    for _round in range(4):
        wait_until(orm_desk.children)
        os.kill(orm_desk.children()[0], signal.SIGKILL)
        assert orm_desk.works()


def test_a_job_whose_process_was_killed_is_kept_as_a_failure(desk):
    desk.start()
    traces = desk.give("take_time", "600")
    desk.wait_for(traces, "begun")
    for pid in desk.children():
        os.kill(pid, signal.SIGKILL)
    wait_until(Failure.objects.exists)
    assert "ended before it was done" in Failure.objects.get().result
    assert desk.works()


def test_a_job_that_kills_its_process_is_not_delivered_again(desk):
    desk.start()
    traces = desk.give("kill_its_process")
    wait_until(Failure.objects.exists)
    assert desk.works()
    wait_until(lambda: not OrmQ.objects.exists())  # what has just worked is acknowledged a moment later
    assert errands.lines(traces) == ["begun"]


def test_a_stuck_job_is_killed_at_its_deadline(desk):
    desk.start(JOB_DEADLINE_SECONDS="1")
    traces = desk.give("be_stuck")
    wait_until(Failure.objects.exists)
    assert desk.works()
    assert errands.lines(traces) == ["begun"]


@pytest.mark.parametrize("errand", ["take_time", "be_stuck"])
def test_children_end_with_a_killed_parent(orm_desk, errand):
    process = orm_desk.start()
    traces = orm_desk.give(errand, *(["600"] if errand == "take_time" else []))
    orm_desk.wait_for(traces, "begun")
    children = orm_desk.children()
    os.kill(process.pid, signal.SIGKILL)
    wait_until(lambda: not any(is_alive(pid) for pid in children), seconds=5)


def test_a_job_that_died_with_the_whole_worker_stays_on_the_queue(orm_desk):
    process = orm_desk.start()
    traces = orm_desk.give("take_time", "600")
    orm_desk.wait_for(traces, "begun")
    process.kill()
    assert OrmQ.objects.count() == 1


@pytest.mark.postgres_only("SQLite has no connection that could be cut")
def test_cut_connections_are_opened_again(orm_desk):
    orm_desk.start()
    assert orm_desk.works()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert orm_desk.works()
