"""The suite itself is tested: bugs planted on purpose, each of which the simulation must find.

planted/*.patch are unified diffs, a sentence on top. A patch that no longer applies fails too: adapt it to
the code as it is, the bug must stay the same.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from smartspec.lib.processes import ROOT
from smartspec.tests.servers.surroundings import SHARED

pytestmark = [
    pytest.mark.processes,
    pytest.mark.sqlite_only(reason="the simulation that finds them runs the same on both databases"),
]

PLANTED = sorted((Path(__file__).parent / "planted").glob("*.patch"))
PARTS = ("accounts", "gallery", "generation", "smartspec", "storage_app", "templates", "static")
FILES = ("conftest.py", "pytest.ini", "manage.py")
SEEDS = 150  # histories within which the bug must show


@pytest.fixture
def tree(tmp_path) -> Path:
    """A copy of the source, to break."""
    leave_out = shutil.ignore_patterns("__pycache__")
    for part in PARTS:
        shutil.copytree(ROOT / part, tmp_path / part, ignore=leave_out)
    for name in FILES:
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def simulate(tree: Path, *, histories: int) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name not in (SHARED, "TEST_TALLY")}
    env |= {"SIMULATION_HISTORIES": str(histories), "PYTHONPATH": str(tree)}
    env = {name: value for name, value in env.items() if not name.startswith("PYTEST_XDIST")}
    command = [sys.executable, "-m", "pytest", "generation/tests/simulation", "-q", "-k", "promise"]
    return subprocess.run(command, cwd=tree, env=env, capture_output=True, text=True, check=False)


def test_there_are_nine_planted_bugs():
    assert len(PLANTED) == 9


@pytest.mark.parametrize("patch", PLANTED, ids=lambda patch: patch.stem)
def test_a_planted_bug_is_found(patch, tree):
    subprocess.run(["git", "apply", "--unsafe-paths", str(patch)], cwd=tree, check=True)
    told = simulate(tree, histories=SEEDS)
    assert told.returncode == 1, told.stdout[-3000:]
    assert "Once more: SIMULATION_SEED=" in told.stdout, told.stdout[-3000:]
