"""How often the provider is asked: fast at first, slower later, and never more than the pace allows."""

from datetime import timedelta
from random import Random

import pytest
from django.utils import timezone

from generation import jobs, pace
from generation.models import GenerationTask
from generation.services.refresh import poll_delay
from generation.tests.conftest import run, submit
from generation.tests.simulation.clock import Clock, ruled_by
from generation.tests.wire import WireServer, envelope

RUNNING = envelope(200, "success", {"taskId": "x", "state": "waiting", "resultJson": ""})


@pytest.fixture
def pace_of_ten(settings, db):
    settings.GENERATION_POLLS_PER_SECOND = 10


@pytest.fixture
def clock():
    """Time stands still until it is moved."""
    clock = Clock()
    with ruled_by(clock, Random(1)):
        yield clock


@pytest.fixture
def wire(settings):
    with WireServer() as server:
        settings.KIE_AI_BASE_URL = server.base_url
        settings.KIE_AI_API_KEY = "key"
        yield server


def waiting_upstream(user, count: int, **changes) -> None:
    """Tasks that the provider has taken, all due for a reading now."""
    now = timezone.now()
    fields = {
        "user": user,
        "task_type": "video",
        "model_id": "wan/2-6-text-to-video",
        "prompt": "x",
        "status": "processing",
        "stage": "waiting",
        "credits_quoted": 70,
        "started_at": now,
        "deadline_at": now + timedelta(days=1),
        "due_at": now,
    } | changes
    rows = [GenerationTask(external_task_id=f"order-{number}", **fields) for number in range(count)]
    GenerationTask.objects.bulk_create(rows)


def test_in_one_second_ten_readings_and_no_more(pace_of_ten, clock):
    assert sum(pace.may_read(urgent=True) for _ in range(30)) == 10
    clock.move(0.9)
    assert not pace.may_read(urgent=True)
    clock.move(0.2)
    assert sum(pace.may_read(urgent=True) for _ in range(30)) == 10


def test_a_fifth_of_the_pace_is_kept_for_what_a_callback_woke(pace_of_ten, clock):
    assert sum(pace.may_read(urgent=False) for _ in range(30)) == 8
    assert sum(pace.may_read(urgent=True) for _ in range(30)) == 2


def test_a_crowd_upstream_costs_the_provider_its_pace_and_no_more(
    pace_of_ten, clock, wire, user, settings, django_assert_max_num_queries
):
    settings.GENERATION_MAX_IN_FLIGHT = 10_000
    waiting_upstream(user, 120)
    wire.answer(*[RUNNING] * 120)
    with django_assert_max_num_queries(120 * 12):
        assert jobs.sweep(limit=1000) == 120
    assert len(wire.seen) == 8
    for _second in range(6):
        asked = len(wire.seen)
        clock.move(1.06)
        jobs.sweep(limit=1000)
        assert len(wire.seen) - asked <= 8


def test_a_crowd_that_waits_here_costs_nothing(pace_of_ten, clock, wire, user, django_assert_num_queries):
    rows = {"status": "pending", "stage": "queued", "due_at": clock.now() + timedelta(days=365)}
    waiting_upstream(user, 2000, **rows)
    with django_assert_num_queries(2):  # does anybody wait for a turn, is anything due
        assert jobs.sweep(limit=1000) == 0
    assert wire.seen == []


def test_readings_become_rarer_with_age_and_with_the_crowd(pace_of_ten, clock, user, settings):
    settings.GENERATION_POLL_SECONDS = 2
    settings.GENERATION_MAX_IN_FLIGHT = 10_000
    waiting_upstream(user, 1)
    task = GenerationTask.objects.get()
    for age, seconds in ((0, 2), (60, 5), (300, 15), (1000, 30)):
        task.started_at = clock.now() - timedelta(seconds=age)
        assert abs(poll_delay(task).total_seconds() / seconds - 1) <= 0.1
    GenerationTask.objects.all().delete()
    waiting_upstream(user, 400)
    assert abs(poll_delay(task).total_seconds() / 50 - 1) <= 0.1


def test_a_reading_put_off_is_no_failed_attempt(pace_of_ten, clock, wire, user):
    waiting_upstream(user, 1)
    while pace.may_read(urgent=True):
        pass
    task = GenerationTask.objects.get()
    jobs.advance(str(task.pk))
    task.refresh_from_db()
    assert (task.tries, task.stage, task.lease_until) == (0, "waiting", None)
    assert task.due_at > clock.now()


def test_the_addresses_that_a_reading_found_are_forgotten_when_the_bytes_are_here(sandbox, user):
    task = run(submit(user), until=["rendering", "completed"])
    assert task.result_urls == []


def test_addresses_that_led_nowhere_are_read_again(sandbox, user):
    task = run(submit(user, prompt="x [sandbox:expired]"), until=["storing", "completed"])
    done = run(task)
    assert (done.status, done.error_raw) == ("completed", "")
