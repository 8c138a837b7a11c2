"""The clients of docs/clients, run as their readers would run them."""

import os
import subprocess
import sys

import pytest
from PIL import Image

from accounts.tests.factories import make_key, make_user
from smartspec.tests.servers import programs

pytestmark = pytest.mark.processes


@pytest.fixture
def live(transactional_db, tmp_path, settings):
    """A running product and the environment of somebody who may use it."""
    sandbox, base_url = programs.sandbox(tmp_path, "--speed", "20", "--rate", "0")
    env = {
        "KIE_AI_BASE_URL": base_url,
        "KIE_AI_API_KEY": "sandbox-key",
        "GENERATION_RESULT_HOSTS": "127.0.0.1",
    }
    web, url = programs.web(tmp_path, env)
    worker = programs.worker(tmp_path, env | {"SITE_URL": url})
    _key, secret = make_key(make_user(username="somchai", credits="500"))
    yield {"BASE_URL": url, "API_KEY": secret}
    for process in (worker, web, sandbox):
        process.stop()


def run_client(live, folder, settings, *arguments) -> subprocess.CompletedProcess:
    client = settings.BASE_DIR / "docs" / "clients" / "generate.py"
    command = [sys.executable, str(client), *arguments]
    return subprocess.run(
        command, cwd=folder, env=os.environ | live, capture_output=True, text=True, timeout=120, check=False
    )


def test_the_python_client_brings_home_a_picture(live, tmp_path, settings):
    done = run_client(live, tmp_path, settings, "image", "a lighthouse in the fog")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "queued"
    assert "18 credits" in done.stdout
    with Image.open(next(tmp_path.glob("*.png"))) as picture:
        assert picture.format == "PNG"


def test_the_python_client_says_what_went_wrong(live, tmp_path, settings):
    done = run_client(live | {"API_KEY": "ss_live_wrong"}, tmp_path, settings, "image", "x")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("not_authenticated: ")


def test_the_clients_stay_short(settings):
    for client in (settings.BASE_DIR / "docs" / "clients").glob("*.*"):
        assert len(client.read_text().splitlines()) < 60
