"""Crash points: each stands at one place, and only a test run can arm them."""

import re
import signal
import subprocess
import sys
from collections import Counter

import pytest

from smartspec.lib import crash_points
from smartspec.lib.processes import ROOT

CALL = re.compile(r'crash_points\.reach\("([a-z.]+)"\)')
PROGRAM = """
import django
django.setup()
from smartspec.lib import crash_points
print("alive", flush=True)
crash_points.reach("store.put")
print("still alive", flush=True)
"""


def test_every_crash_point_stands_at_exactly_one_place():
    placed = Counter()
    for room in ("generation/services", "smartspec/lib/queue"):
        for file in (ROOT / room).rglob("*.py"):
            placed.update(CALL.findall(file.read_text()))
    assert placed == Counter(dict.fromkeys(crash_points.POINTS, 1))


@pytest.fixture
def disarmed():
    crash_points.armed.clear()
    yield
    crash_points.armed.clear()


def test_a_point_that_is_not_armed_does_nothing(disarmed):
    crash_points.reach("store.put")


def test_a_misspelt_point_is_pointed_out(disarmed):
    with pytest.raises(KeyError, match=r"store\.putt"):
        crash_points.arm({"store.putt": 1.0})


def test_a_star_arms_them_all(disarmed):
    crash_points.arm({"*": 0.0})
    assert crash_points.armed.keys() == crash_points.POINTS.keys()


def run(tmp_path, monkeypatch, *, points: str, debug: str) -> subprocess.CompletedProcess[str]:
    for name, value in {
        "DJANGO_SETTINGS_MODULE": "smartspec.settings",
        "DEBUG": debug,
        "CRASH_POINTS": points,
        "CRASH_LOG": str(tmp_path / "crashes.log"),
    }.items():
        monkeypatch.setenv(name, value)
    command = [sys.executable, "-c", PROGRAM]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_an_armed_process_dies_there_and_leaves_the_name(tmp_path, monkeypatch):
    done = run(tmp_path, monkeypatch, points="store.put:1,start.bought:0.5", debug="true")
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, "alive\n")
    assert (tmp_path / "crashes.log").read_text() == "store.put\n"


def test_in_production_nothing_is_armed(tmp_path, monkeypatch):
    done = run(tmp_path, monkeypatch, points="*:1", debug="false")
    assert (done.returncode, done.stdout) == (0, "alive\nstill alive\n")
