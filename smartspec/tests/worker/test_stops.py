"""The worker ends when it is asked to, and what runs may finish."""

import os
import signal

import pytest
from django_q.models import OrmQ

from smartspec.tests.worker import errands
from smartspec.tests.worker.conftest import is_alive

pytestmark = pytest.mark.processes
TO_PARENT, TO_GROUP = os.kill, os.killpg


@pytest.mark.parametrize(
    "send, number",
    [
        pytest.param(TO_PARENT, signal.SIGTERM, id="a SIGTERM to the parent"),
        pytest.param(TO_GROUP, signal.SIGTERM, id="a SIGTERM to the group"),
        pytest.param(TO_GROUP, signal.SIGINT, id="Ctrl-C"),
    ],
)
def test_a_running_job_is_finished(desk, send, number):
    process = desk.start()
    traces = desk.give("take_time", "1.5")
    desk.wait_for(traces, "begun")
    children = desk.children()
    send(process.pid, number)
    assert process.popen.wait(10) == 0
    assert errands.lines(traces) == ["begun", "done"]
    assert not any(is_alive(pid) for pid in children)


def test_an_idle_worker_ends_at_once_and_leaves_nobody(desk):
    process = desk.start()
    children = desk.children()
    os.killpg(process.pid, signal.SIGTERM)
    assert process.popen.wait(5) == 0
    assert not any(is_alive(pid) for pid in children)


def test_a_worker_that_is_stopped_while_it_starts_ends_too(orm_desk):
    for _round in range(3):
        process = orm_desk.start()
        os.kill(process.pid, signal.SIGTERM)
        assert process.popen.wait(10) == 0


def test_waiting_jobs_stay_on_the_queue(orm_desk):
    process = orm_desk.start()
    for name in ("one", "two"):
        orm_desk.wait_for(orm_desk.give("take_time", "1.5", name=name), "begun")
    orm_desk.give("note", name="three")
    os.kill(process.pid, signal.SIGTERM)
    assert process.popen.wait(10) == 0
    assert OrmQ.objects.count() == 1


def test_a_sweep_that_always_finds_work_does_not_hold_up_the_stop(orm_desk, tmp_path):
    traces = tmp_path / "sweeps"
    sweep = {"SWEEP": "smartspec.tests.worker.errands.keep_sweeping", "SWEEP_TRACES": str(traces)}
    process = orm_desk.start(**sweep)
    assert orm_desk.works()
    os.kill(process.pid, signal.SIGTERM)
    assert process.popen.wait(5) == 0
    assert errands.lines(traces)


def test_a_job_that_does_not_end_within_the_grace_is_killed(desk):
    process = desk.start("--grace", "0.5")
    traces = desk.give("be_stuck")
    desk.wait_for(traces, "begun")
    children = desk.children()
    os.kill(process.pid, signal.SIGTERM)
    assert process.popen.wait(10) == 0
    assert not any(is_alive(pid) for pid in children)
