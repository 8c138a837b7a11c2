"""Start-up: what a process costs until it could answer, beside a fresh Django project in the same round."""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.run import Run
from benchmarks.table import Line
from smartspec.lib.processes import ROOT

MOST_SECONDS = 2
STARTS = {  # what: what is run in our folder
    "web process": [sys.executable, "-c", "import smartspec.wsgi"],
    "manage.py check": [sys.executable, "manage.py", "check"],
}
HELLO = [sys.executable, "-c", "import hello.wsgi"]


def lines(run: Run) -> Iterator[Line]:
    yardstick = run.ground.folder / "startproject"
    yardstick.mkdir()
    subprocess.run([sys.executable, "-m", "django", "startproject", "hello", str(yardstick)], check=True)
    taken = {what: [] for what in STARTS}
    plain = []
    for _round in range(run.rounds):
        plain.append(processor_seconds(HELLO, yardstick, "hello.settings"))
        for what, command in STARTS.items():
            taken[what].append(processor_seconds(command, ROOT, "smartspec.settings"))
    for what, seconds in taken.items():
        took, hello = median(seconds), median(plain)
        shown = f"{took:.2f} s, {took / hello:.1f} times a fresh project's {hello:.2f} s"
        yield Line(f"start of {what}: processor time", took, MOST_SECONDS, shown, " s")


def processor_seconds(command: list[str], folder: Path, settings: str) -> float:
    """User and system, of one process that starts and ends."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    env = os.environ | {"DJANGO_SETTINGS_MODULE": settings}
    subprocess.run(command, cwd=folder, env=env, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
