"""What is said of a task's end: measured, never invented, and never taken back."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.utils import timezone

from accounts.tests.factories import make_user
from generation import outlook, timing
from generation.models import NOT_ADMITTED, GenerationTask
from generation.tests.conftest import run, submit
from generation.waiting_line import Line

SECOND = timedelta(seconds=1)


@pytest.fixture
def finished(user):
    """finished(10, 20) -> tasks of one size that took so many seconds."""
    cache.clear()

    def make(*seconds, model_id="nano-banana-pro", size="2K"):
        for each in seconds:
            GenerationTask.objects.create(
                user=user,
                task_type="image",
                model_id=model_id,
                size=size,
                prompt="x",
                status="completed",
                stage="done",
                progress=1,
                credits_quoted=18,
                processing_time_ms=each * 1000,
            )
        cache.clear()

    return make


def under_way(user, seconds: float, *, progress=0.0, size="2K") -> GenerationTask:
    started = timezone.now() - seconds * SECOND
    return GenerationTask.objects.create(
        user=user,
        task_type="image",
        model_id="nano-banana-pro",
        size=size,
        prompt="x",
        status="processing",
        stage="waiting",
        external_task_id="order",
        progress=progress,
        credits_quoted=18,
        started_at=started,
        deadline_at=started + 900 * SECOND,
        due_at=timezone.now(),
    )


@pytest.mark.parametrize(
    "elapsed, left", [(0, 30_000), (15_000, 25_000), (30_000, 20_000), (49_000, 1_000), (50_000, None)]
)
def test_what_is_left_is_the_middle_of_those_that_took_longer(elapsed, left):
    assert timing.remaining([10_000, 20_000, 30_000, 40_000, 50_000], elapsed) == left


def test_without_a_measurement_nothing_is_said(finished, user):
    finished(10, 20, 30, size="4K")
    task = under_way(user, 5)
    assert outlook.eta_ms(task) is None
    assert outlook.noted(task) == {}
    assert outlook.eta_of_new(user.pk, task.model_id, "2K") is None


def test_each_size_has_its_own_measurement(finished, user):
    finished(10, 10, 10)
    finished(60, 60, 60, size="4K")
    assert 4000 < outlook.eta_ms(under_way(user, 5)) <= 5000
    assert timing.measured("nano-banana-pro")["samples"] == 6


def test_progress_is_the_share_of_the_usual_time(finished, user):
    finished(20, 20, 20)
    assert outlook.noted(under_way(user, 10))["progress"] == pytest.approx(0.45, abs=0.02)


def test_progress_never_goes_backwards(finished, user):
    finished(100, 100, 100)
    assert outlook.noted(under_way(user, 10, progress=0.6)) == {}


def test_a_late_task_is_shown_as_late_and_not_as_nearly_done(finished, user):
    finished(*range(10, 30))
    noted = outlook.noted(under_way(user, 31))
    assert (noted["is_late"], noted["progress"]) == (True, 0.9)
    assert outlook.eta_ms(under_way_again(user)) is None


def under_way_again(user) -> GenerationTask:
    GenerationTask.objects.filter(external_task_id="order").delete()
    return under_way(user, 31)


def test_a_task_in_its_usual_time_is_not_late(finished, user):
    finished(*range(10, 30))
    assert outlook.noted(under_way(user, 20))["is_late"] is False


def test_where_nothing_was_measured_half_of_the_deadline_is_late(finished, user):
    assert outlook.noted(under_way(user, 451)) | {"changed_at": None} == {
        "progress": 0.0,
        "is_late": True,
        "changed_at": None,
    }


def test_the_status_says_late_and_its_etag_changes(api, finished, user):
    task = under_way(user, 31, progress=0.9)
    path = f"/api/v1/generation/tasks/{task.pk}/status"
    before = api.get(path)
    GenerationTask.objects.filter(pk=task.pk).update(is_late=True)
    after = api.get(path, headers={"If-None-Match": before["ETag"]})
    assert (before.json()["late"], after.status_code, after.json()["late"]) == (False, 200, True)


def test_an_ended_task_is_late_no_more(api, finished, user):
    finished(10)
    GenerationTask.objects.update(is_late=True)
    task = GenerationTask.objects.get()
    status = api.get(f"/api/v1/generation/tasks/{task.pk}/status").json()
    assert (status["late"], status["eta_ms"], status["progress"]) == (False, None, 1.0)


def test_a_real_task_only_ever_gains(sandbox, user, finished):
    finished(1, 2, 3)
    task, seen = submit(user, prompt="x [sandbox:slow=1]"), [0.0]
    while task.status not in ("completed", "failed"):
        task = run(task, until=["completed", "processing"])
        seen.append(task.progress)
    assert seen == sorted(seen)
    assert (seen[-1], all(progress < 1 for progress in seen[:-1])) == (1.0, True)


def test_polls_carry_the_progress_on(sandbox, user, finished):
    finished(*[1] * 20)
    task = run(submit(user, prompt="x [sandbox:stuck]"), until=["waiting"])
    GenerationTask.objects.filter(pk=task.pk).update(
        started_at=timezone.now() - 100 * SECOND, due_at=timezone.now()
    )
    task = run(task, until=["waiting"])
    assert (task.progress, task.is_late) == (0.9, True)
    assert task.changed_at > task.created_at


LINE = Line(waiting={"a": 3, "b": 1, "c": 2}, in_flight={"a": 2, "b": 0})


@pytest.mark.parametrize(
    "who, nth, before",
    [("a", 1, 3), ("a", 3, 5), ("b", 1, 1), ("c", 1, 1), ("c", 2, 2), ("newcomer", 1, 2)],
)
def test_the_place_in_the_line_follows_from_turns(who, nth, before):
    """a holds two places and waits with three, b has none and waits with one, c with two."""
    assert LINE.before(who, nth) == before


@pytest.fixture
def full(settings, user, finished):
    """Two places, both taken by somebody; ten seconds are usual."""
    settings.GENERATION_MAX_IN_FLIGHT = 2
    settings.GENERATION_MAX_IN_FLIGHT_PER_USER = 2
    finished(10, 10, 10)
    other = make_user("other", credits="5000")
    for number in range(2):
        GenerationTask.objects.filter(pk=under_way(other, 1).pk).update(external_task_id=f"theirs-{number}")
    return SimpleNamespace(other=other)


def waiting(user, **changes) -> GenerationTask:
    fields = {"status": "pending", "stage": "queued", "due_at": NOT_ADMITTED, "external_task_id": None}
    task = under_way(user, 0)
    GenerationTask.objects.filter(pk=task.pk).update(**fields | {"started_at": None} | changes)
    return GenerationTask.objects.get(pk=task.pk)


def test_the_wait_for_a_turn_is_part_of_what_is_left(full, user):
    assert outlook.eta_ms(waiting(user)) == 10_000 + 10_000


def test_a_place_further_back_waits_another_round(full, user):
    tasks = [waiting(user) for _ in range(3)]
    cache.clear()
    finished = [outlook.eta_ms(task) for task in tasks]
    assert finished == [20_000, 20_000, 30_000]


def test_a_quote_counts_the_wait_too(sandbox, full, api):
    body = json.dumps({"prompt": "x"})
    answer = api.post("/api/v1/generation/quote", body, content_type="application/json")
    assert answer.json()["eta_ms"] == 20_000


def test_with_room_there_is_no_wait(finished, user):
    finished(10, 10, 10)
    assert outlook.eta_of_new(user.pk, "nano-banana-pro", "2K") == 10_000
    assert outlook.eta_ms(waiting(user, due_at=timezone.now())) == 10_000


def test_the_pace_of_creates_makes_a_long_line_wait(finished, user, settings):
    settings.GENERATION_CREATES_PER_WINDOW, settings.GENERATION_CREATE_WINDOW_SECONDS = 1, 10.0
    settings.GENERATION_MAX_IN_FLIGHT = settings.GENERATION_MAX_IN_FLIGHT_PER_USER = 100
    finished(1, 1, 1)
    last = [waiting(user) for _ in range(4)][-1]
    cache.clear()
    assert outlook.eta_ms(last) == 30_000 + 1000


def test_asking_again_and_again_counts_the_line_once(full, api, user, django_assert_max_num_queries):
    task = waiting(user)
    path = f"/api/v1/generation/tasks/{task.pk}/status"
    api.get(path)
    with django_assert_max_num_queries(4):  # the key, the task, and its place among its owner's
        assert api.get(path).json()["eta_ms"] is not None
