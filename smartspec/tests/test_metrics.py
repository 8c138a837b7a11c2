"""What Prometheus reads, and who may."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from accounts.tests.factories import make_user
from gallery.models import Numbers
from generation.models import Breaker, CallbackCount, Exchange, GenerationTask
from smartspec.lib.counts import Joined, is_told
from smartspec.lib.processes import ROOT
from smartspec.metrics import rows
from smartspec.metrics.counting import area_of

pytestmark = pytest.mark.django_db

STRANGER = {"REMOTE_ADDR": "203.0.113.9"}


def make_task(*, overdue: int = 0) -> GenerationTask:
    """Queued, and due for `overdue` seconds."""
    return GenerationTask.objects.create(
        user=make_user(),
        task_type="image",
        model_id="google/nano-banana",
        prompt="a lighthouse",
        credits_quoted=10,
        due_at=timezone.now() - timedelta(seconds=overdue),
    )


def samples(client) -> dict[str, float]:
    lines = client.get("/metrics").content.decode().splitlines()
    pairs = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    return {name: float(number) for name, number in pairs}


def test_this_machine_may_read(client):
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-Ip", "Via"])
def test_what_a_proxy_on_this_machine_passes_on_is_not_this_machine(client, header):
    assert client.get("/metrics", headers={header: "127.0.0.1"}).status_code == 403


@pytest.mark.parametrize(
    "token, given, status",
    [
        ("secret", "Bearer secret", 200),
        ("secret", "Bearer other", 403),
        ("secret", "", 403),
        ("", "Bearer ", 403),
        ("", "", 403),
    ],
)
def test_a_stranger_needs_the_token_and_no_token_lets_nobody_in(client, settings, token, given, status):
    settings.METRICS_TOKEN = token
    assert client.get("/metrics", headers={"Authorization": given}, **STRANGER).status_code == status


def test_requests_are_counted_by_their_route_and_status(client):
    name = 'smartspec_requests_total{method="GET",route="/healthz",status="200"}'
    before = samples(client).get(name, 0)
    client.get("/healthz")
    assert samples(client)[name] == before + 1


def test_an_address_that_nobody_knows_is_no_name_of_its_own(client):
    client.get("/one-of-a-million-addresses")
    assert not any("one-of-a-million" in name for name in samples(client))


@pytest.mark.parametrize(
    "route, area",
    [
        ("/api/v1/generation/image", "api"),
        ("/admin/", "admin"),
        ("/gallery/<slug>", "pages"),
        ("/", "pages"),
        ("none", "none"),
    ],
)
def test_seconds_are_kept_by_area(route, area):
    assert area_of(route) == area


def test_tasks_are_told_by_stage_and_empty_stages_are_told_too(client):
    make_task()
    told = samples(client)
    assert told['smartspec_tasks{stage="queued"}'] == 1
    assert told['smartspec_tasks{stage="storing"}'] == 0


def test_the_age_of_the_queue_is_that_of_its_oldest_due_row(client):
    make_task(overdue=90)
    told = samples(client)
    assert told['smartspec_due_age_seconds{table="generation_tasks"}'] >= 90
    assert told['smartspec_due_rows{table="generation_tasks"}'] == 1
    assert told['smartspec_due_age_seconds{table="storage_deletions"}'] == 0


def test_the_provider_is_told_by_its_answers_and_an_open_breaker(client):
    Exchange.objects.create(task=make_task(), kind="order", status=None)
    Breaker.objects.create(subject="*", open_until=timezone.now() + timedelta(minutes=1))
    told = samples(client)
    assert told['smartspec_provider_answers{kind="order",status="0"}'] == 1
    assert told['smartspec_breaker_open{subject="*"}'] == 1


def test_callbacks_of_today_are_told_by_what_became_of_them(client):
    today = timezone.now().date()
    CallbackCount.objects.create(day=today, outcome="heeded", count=3)
    CallbackCount.objects.create(day=today - timedelta(days=1), outcome="unknown", count=7)
    told = samples(client)
    assert told['smartspec_callbacks_today{outcome="heeded"}'] == 3
    assert told['smartspec_callbacks_today{outcome="unknown"}'] == 0


def test_what_is_stored_is_told_as_the_numbers_last_looked(client):
    today = timezone.now().date()
    old, new = {"image": [1, 10]}, {"image": [2, 4096], "made": [9, 100]}
    looked = timezone.now()
    Numbers.objects.create(day=today - timedelta(days=2), stored=old, stored_at=looked)
    Numbers.objects.create(day=today - timedelta(days=1), stored=new, stored_at=looked)
    Numbers.objects.create(day=today)
    told = samples(client)
    assert told['smartspec_stored_bytes{kind="image"}'] == 4096
    assert told['smartspec_stored_objects{kind="made"}'] == 9


def test_without_a_database_the_counts_of_the_processes_are_still_told(client, monkeypatch):
    def away():
        raise OperationalError("away")
        yield

    says = ("smartspec_tasks", "", ("stage",), away)
    monkeypatch.setattr(rows, "FAMILIES", (rows.FAMILIES[0], says, *rows.FAMILIES[2:]))
    told = samples(client)
    assert told['smartspec_up{service="storage"}'] == 1
    assert any(name.startswith("smartspec_requests_total") for name in told)
    assert not any(name.startswith("smartspec_due_rows") for name in told)


PROGRAM = """
import django
django.setup()
from gallery.caching.counts import weight
from smartspec.lib.counts import counted
from smartspec.metrics.counting import requests
requests.labels('GET', '/x', '200').inc()
weight.set(1000)
labels = {'method': 'GET', 'route': '/x', 'status': '200'}
told = counted().get_sample_value
print(told('smartspec_requests_total', labels), told('smartspec_kept_pages_bytes'))
"""


def count_in(folder, **more: str) -> list[float]:
    """A process that answers one request and keeps 1,000 bytes of pages: what it tells of all."""
    env = os.environ | {"METRICS_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "smartspec.settings"} | more
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )
    return [float(word) for word in done.stdout.split()]


def test_processes_of_one_folder_add_up_what_they_count_and_only_the_living_keep_pages(tmp_path):
    assert count_in(tmp_path) == [1, 1000]
    assert count_in(tmp_path) == [2, 1000]


def test_the_folder_of_another_service_is_told_too(tmp_path):
    count_in(tmp_path / "worker")
    assert count_in(tmp_path / "web", METRICS_BESIDE=str(tmp_path / "worker"))[0] == 2


def test_an_empty_folder_tells_nothing(tmp_path):
    assert list(Joined([tmp_path]).collect()) == []


def test_counts_outlive_their_process_and_what_it_held_does_not(tmp_path):
    living, dead = os.getpid(), 99_999_999  # no process of Linux has the latter's number
    assert is_told(tmp_path / f"gauge_livesum_{living}.db")
    assert not is_told(tmp_path / f"gauge_livesum_{dead}.db")
    assert is_told(tmp_path / f"counter_{dead}.db")
    assert is_told(tmp_path / f"histogram_{dead}.db")
