"""Found by the checker: a callback that met a stopped database left its token in the log."""

import logging
import subprocess
import sys
import uuid

import pytest

from smartspec.lib.logs import TokenFilter
from smartspec.lib.processes import ROOT

TOKEN = "pbKQce3w6Upsi9PvHhVDtUqWZ_p4dVpUg7i2EAh4uXg"


def line(message: str, *args: object) -> str:
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, message, args, None)
    assert TokenFilter().filter(record)
    return record.getMessage()


def test_the_path_of_a_callback_is_logged_without_its_token():
    task = uuid.uuid4()
    said = line("%s: %s", "Internal Server Error", f"/callbacks/kie/{task}/{TOKEN}")
    assert said == f"Internal Server Error: /callbacks/kie/{task}/[secret]"


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        (f"/media/private/{TOKEN}/a.png", "/media/private/[secret]/a.png"),
        (f"/api/v1/generation/tasks/1/events?token={TOKEN}&from=2",
         "/api/v1/generation/tasks/1/events?token=[secret]&from=2"),
    ],
)  # fmt: skip
def test_the_addresses_of_private_files_and_streams_are_logged_without_theirs(path, logged):
    assert line("%s: %s", "Not Found", path) == f"Not Found: {logged}"


def test_other_lines_stay_as_they_are():
    assert line("task %s: stored", "a") == "task a: stored"


PROGRAM = f"""
import django, logging
django.setup()
logging.getLogger("django.request").error("%s: %s", "Error", "/callbacks/kie/{uuid.UUID(int=1)}/{TOKEN}")
"""


@pytest.mark.parametrize("debug", ["true", "false"])
def test_no_other_handler_says_it_unmasked(debug, monkeypatch):
    monkeypatch.setenv("DEBUG", debug)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "smartspec.settings")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "[secret]" in done.stderr
    assert TOKEN not in done.stderr + done.stdout
