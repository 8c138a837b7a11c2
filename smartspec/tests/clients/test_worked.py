"""The clients of docs/clients, run as their readers would run them."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from smartspec.tests.clients.conftest import CLIENTS

pytestmark = pytest.mark.processes

PYTHON = [sys.executable, CLIENTS / "generate.py"]
NODE_STRIPS_TYPES = "process.exit(process.features.typescript ? 0 : 1)"
COMPILER = ("typescript@5.9.3", "@types/node@22.20.5")
STRICT = ("--strict", "--target", "es2022", "--module", "nodenext", "--types", "node", "--noEmitOnError")


@pytest.fixture(scope="session")
def typescript(tmp_path_factory) -> list[str | Path]:
    """The command that runs the TypeScript client: as it is where node can, else compiled, strictly."""
    client = CLIENTS / "generate.ts"
    if subprocess.run(["node", "-e", NODE_STRIPS_TYPES], check=False).returncode == 0:
        return ["node", client]
    folder = tmp_path_factory.mktemp("typescript")
    (folder / "package.json").write_text(json.dumps({"type": "module", "private": True}))
    shutil.copy(client, folder)
    for command in (
        ["npm", "install", "--silent", "--no-audit", "--no-fund", *COMPILER],
        ["node", "node_modules/typescript/bin/tsc", *STRICT, client.name],
    ):
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    return ["node", folder / "generate.js"]


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


@pytest.mark.node_only("a TypeScript program needs node to run")
def test_the_typescript_client_brings_home_a_picture_and_says_what_went_wrong(run, typescript):
    assert_a_picture_came_home(run, run(*typescript, "image", "a lighthouse in the fog"))
    done = run(*typescript, "image", "x", API_KEY="ss_live_wrong")
    assert (done.returncode, done.stdout) == (1, "")
    assert "not_authenticated: " in done.stderr


def test_the_clients_stay_short():
    clients = list(CLIENTS.glob("*.*"))
    assert {client.name for client in clients} == {"chat.js", "generate.py", "generate.ts", "generated.py"}
    for client in clients:
        assert len(client.read_text().splitlines()) < 60
