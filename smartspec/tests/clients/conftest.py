"""A running product for clients to talk to."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from accounts.tests.factories import make_key, make_user
from smartspec.lib.processes import ROOT
from smartspec.tests.servers import programs

CLIENTS = ROOT / "docs" / "clients"
Run = Callable[..., subprocess.CompletedProcess]


@pytest.fixture
def live(transactional_db, tmp_path) -> Iterator[dict[str, str]]:
    """The product with worker and provider; the environment of somebody who may use it."""
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


@pytest.fixture
def run(live, tmp_path) -> Run:
    """Run a command in an empty folder, as a reader of docs/clients would; `change` the environment."""
    folder = tmp_path / "reader"
    folder.mkdir()

    def run_in_folder(*command: str | Path, **change: str) -> subprocess.CompletedProcess:
        environment = os.environ | live | change
        return subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=180, check=False
        )

    run_in_folder.folder = folder
    return run_in_folder
