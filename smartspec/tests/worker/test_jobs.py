"""What becomes of a job."""

import pytest
from django.utils import timezone
from django_q.models import Failure, OrmQ, Schedule, Success

from smartspec.tests.worker.conftest import wait_until

pytestmark = pytest.mark.processes


def test_a_job_is_done_and_leaves_the_queue(desk):
    desk.start()
    desk.wait_for(desk.give("note", "hello"), "hello")
    wait_until(lambda: not OrmQ.objects.exists())
    assert not Success.objects.exists()


def test_a_failed_job_is_kept_with_its_reason_and_not_repeated(desk):
    desk.start()
    traces = desk.give("fail")
    wait_until(Failure.objects.exists)
    assert "this errand always fails" in Failure.objects.get().result
    wait_until(lambda: not OrmQ.objects.exists())
    desk.wait_for(traces, "begun")


def test_a_job_with_an_unknown_name_fails_and_the_worker_goes_on(desk):
    desk.start()
    desk.give("smartspec.nowhere.at_all")
    wait_until(Failure.objects.exists)
    assert desk.works()


def test_a_package_that_we_did_not_sign_is_thrown_away(desk):
    desk.start()
    desk.broker.enqueue("bm90aGluZw:1abcde:forged")
    assert desk.works()
    wait_until(lambda: not OrmQ.objects.exists())


def test_a_broken_sweep_is_told_in_the_log_and_stops_nothing(orm_desk):
    process = orm_desk.start()
    process.says("broken_sweep failed (2)")
    assert orm_desk.works()
    assert "RuntimeError('this sweep is broken')" in process.text()


def test_schedules_of_the_admin_run(orm_desk, tmp_path):
    traces = tmp_path / "scheduled"
    Schedule.objects.create(
        func="smartspec.tests.worker.errands.note",
        args=f"'{traces}'",
        schedule_type=Schedule.ONCE,
        next_run=timezone.now(),
    )
    orm_desk.start()
    orm_desk.wait_for(traces, "done")
