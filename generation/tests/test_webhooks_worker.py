"""Whoever ends a task, the web or the worker, its address hears of it from a real worker."""

import pytest
import requests

from accounts.tests.factories import make_key, make_user
from generation.webhooks import signing
from generation.webhooks.tests.receiver import Receiver
from smartspec.tests.servers import programs

pytestmark = pytest.mark.processes


@pytest.fixture
def site(transactional_db, tmp_path):
    """A running product: its address, and its worker."""
    sandbox, base_url = programs.sandbox(tmp_path, "--speed", "20", "--rate", "0")
    env = {
        "KIE_AI_BASE_URL": base_url,
        "KIE_AI_API_KEY": "sandbox-key",
        "GENERATION_RESULT_HOSTS": "127.0.0.1",
    }
    web, url = programs.web(tmp_path, env)
    worker = programs.worker(tmp_path, env | {"SITE_URL": url})
    yield url, worker
    for process in (worker, web, sandbox):
        process.stop()


def test_completed_by_the_worker_and_cancelled_in_the_web_are_both_told(site):
    url, worker = site
    user = make_user(credits="500")
    _key, secret = make_key(user)
    images = f"{url}/api/v1/generation/image"
    headers = {"X-API-Key": secret}
    with Receiver() as receiver:
        for prompt in ("a lighthouse", "a lighthouse [sandbox:stuck]"):
            order = {"prompt": prompt, "webhook_url": receiver.url}
            task = requests.post(images, json=order, headers=headers, timeout=30).json()
        requests.delete(task["urls"]["cancel"], headers=headers, timeout=30).raise_for_status()
        worker.wait_until(lambda: len(receiver.heard) == 2, seconds=60)
    told = {heard.verified(signing.secret_of(user).secret)["type"] for heard in receiver.heard}
    assert told == {"task.completed", "task.cancelled"}
