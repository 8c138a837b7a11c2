"""A sandbox of the provider in this process, and ways to run a task to its end without a worker."""

import time

import pytest
from django.core.cache import cache

from accounts.tests.factories import make_key, make_user
from generation import jobs, services
from generation.models import GenerationTask
from generation.sandbox.server import Sandbox

DEFAULT_MODE = {
    "faults": {"no-callback": True},
    "next": None,
    "paused_models": [],
    "dead_models": [],
    "sketch": True,
}


@pytest.fixture(scope="session")
def running_sandbox(tmp_path_factory):
    with Sandbox(tmp_path_factory.mktemp("sandbox"), rate=0, speed=50, credits=1_000_000) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running_sandbox, settings):
    """The provider that this test talks to; quick small results, no callbacks, no pace limit."""
    running_sandbox.desk.reset()
    running_sandbox.desk.account.set(1_000_000)
    running_sandbox.desk.mode.set(DEFAULT_MODE)
    settings.KIE_AI_BASE_URL = f"{running_sandbox.url}/api/v1/jobs"
    settings.KIE_AI_API_KEY = running_sandbox.key
    settings.KIE_AI_UPLOAD_URL = ""
    settings.GENERATION_RESULT_HOSTS = ["127.0.0.1"]
    settings.GENERATION_POLL_SECONDS = 0.02
    settings.GENERATION_CREATES_PER_WINDOW = 500
    settings.GENERATION_POLLS_PER_SECOND = 500
    cache.clear()
    return running_sandbox


@pytest.fixture
def user(db):
    return make_user(credits="500")


@pytest.fixture
def api(client, user):
    """A client that carries this user's key."""
    _key, secret = make_key(user)
    client.defaults["HTTP_X_API_KEY"] = secret
    return client


def submit(user, kind="image", **body):
    body = {"prompt": "a lighthouse in the fog"} | body
    task, _replayed = services.submit(user=user, task_type=kind, body=body)
    return task


def run(task, *, until=("completed", "failed", "cancelled"), seconds=60) -> GenerationTask:
    """Do what a worker does until the task's status (or stage) is one of `until`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        jobs.advance(str(task.pk))
        current = GenerationTask.objects.get(pk=task.pk)
        if current.status in until or current.stage in until:
            return current
        time.sleep(0.02)
    raise AssertionError(f"still {current.state} after {seconds} s: {current.error_raw}")


def creates(sandbox) -> int:
    """How many orders the provider accepted."""
    return len(sandbox.desk.journal.all())
