"""The quick form of script/deploy-check, a minute of real processes; the whole of it is the command's."""

import os
import subprocess
import sys

import pytest

from smartspec.lib.processes import ROOT

pytestmark = [pytest.mark.processes, pytest.mark.sqlite_only(reason="it brings its own PostgreSQL")]
PROMISED = (
    "check --deploy is clean",
    "static files: hashed, compressed beforehand, immutable",
    "/metrics is closed to the outside",
    "restarted in turn: no 5xx, no request lost",
    "clients saw each of their tasks end",
    "none was bought twice",
)


@pytest.fixture(scope="module")
def told() -> str:
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-m", "smartspec.tests.deployment", "quick"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


@pytest.mark.parametrize("promise", PROMISED)
def test_production_in_the_small_keeps_its_promises(told, promise):
    assert [line[:4] for line in told.splitlines() if promise in line] == ["  ok"], told
