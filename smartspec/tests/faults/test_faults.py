"""The short form of the fault suite, a minute of real processes; the long one is `script/test faults`."""

import json
import os
import subprocess
import sys

import pytest

from smartspec.lib.processes import ROOT
from smartspec.tests.servers import surroundings

pytestmark = pytest.mark.processes

BROKERS = {"sqlite": "orm", "postgres": "redis"}
TASKS = 40


@pytest.fixture(scope="module")
def report() -> dict:
    database = surroundings.database()
    command = [sys.executable, "-m", "smartspec.tests.faults", "--tasks", str(TASKS), "--longest", "150"]
    command += ["--database", database, "--broker", BROKERS[database], "--pace", "0.5", "--mishaps", "20"]
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr[-3000:]
    return json.loads(done.stdout)


def test_no_promise_is_broken_under_fire(report):
    assert report["violations"] == []


def test_enough_tasks_met_enough_faults(report):
    assert sum(report["tasks"].values()) >= TASKS / 2
    assert report["faults_in_all"] >= TASKS / 2
    assert report["faults"]["processes and servers"]


def test_the_fire_did_not_keep_everything_from_completing(report):
    assert report["tasks"]["completed"] > 0
