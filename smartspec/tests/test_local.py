"""What script/server starts: everything, on this machine only, and nothing of it is left behind."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys

import pytest
import requests

from smartspec.lib.processes import Process, free_port
from smartspec.local import access, environment
from smartspec.tests.worker.conftest import children_of, is_alive, wait_until

WORDS = "Ctrl-C ends everything"


@pytest.fixture
def start(tmp_path):
    """Start it in a folder of its own; ends it, however the test goes."""
    started = []
    env = {"LOCAL_DIR": str(tmp_path / "local"), "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}"}

    def run() -> Process:
        command = [sys.executable, "-m", "smartspec.local", "--no-demo", "--port", str(free_port())]
        started.append(Process(command, log=tmp_path / "terminal.log", env=env))
        return started[-1].says(WORDS, seconds=60)

    yield run
    for process in started:
        process.stop()


@pytest.fixture
def door(tmp_path):
    return lambda: access.read(tmp_path / "local" / "demo.env")


def me(door: dict[str, str]) -> requests.Response:
    return requests.get(f"{door['BASE_URL']}/api/v1/me", headers={"X-API-Key": door["API_KEY"]}, timeout=10)


@pytest.mark.processes
def test_it_makes_a_door_that_opens_and_keeps_it_for_the_next_start(start, door, tmp_path):
    first = start()
    made = door()
    assert set(made) == {"BASE_URL", "API_KEY", "ADMIN_USER", "ADMIN_PASSWORD"}
    assert stat.S_IMODE((tmp_path / "local" / "demo.env").stat().st_mode) == 0o600
    assert me(made).json()["username"] == "admin"
    first.stop(signal.SIGINT)

    start()
    assert {**door(), "BASE_URL": ""} == {**made, "BASE_URL": ""}
    assert me(door()).status_code == 200


@pytest.mark.processes
def test_a_program_that_dies_is_started_again(start, door):
    process = start()
    before = children_of(process.pid)
    os.kill(before[1], signal.SIGKILL)
    process.says("is started again")
    wait_until(lambda: len(children_of(process.pid)) == len(before) == 4)
    wait_until(lambda: is_served(door()["BASE_URL"]))


@pytest.mark.processes
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_when_it_ends(start, number):
    process = start()
    children = children_of(process.pid)
    grandchildren = [pid for child in children for pid in children_of(child)]
    os.kill(process.pid, number)
    process.popen.wait(20)
    wait_until(lambda: not any(is_alive(pid) for pid in [*children, *grandchildren]), seconds=10)


def is_served(url: str) -> bool:
    try:
        return requests.get(f"{url}/healthz", timeout=5).ok
    except requests.ConnectionError:
        return False


def test_a_port_in_use_is_passed_over():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert environment.next_free(port) > port


def test_nothing_points_beyond_this_machine():
    env = environment.environment(web_port=1, events_port=2, sandbox_port=3)
    urls = [value for value in env.values() if value.startswith("http")]
    assert len(urls) == 4
    assert all(url.startswith("http://127.0.0.1:") for url in urls)


@pytest.fixture
def shell(tmp_path, monkeypatch):
    """A shell in which nothing is set; returns its environment."""
    monkeypatch.setattr(os, "environ", {"LOCAL_DIR": str(tmp_path)})
    return os.environ


def test_commands_beside_a_running_server_use_its_provider(shell):
    environment.publish({"KIE_AI_API_KEY": "sandbox-key"})
    environment.join_running_server()
    assert shell["KIE_AI_API_KEY"] == "sandbox-key"


def test_what_the_shell_sets_is_stronger(shell):
    environment.publish({"KIE_AI_API_KEY": "sandbox-key"})
    shell["KIE_AI_API_KEY"] = "my own"
    environment.join_running_server()
    assert shell["KIE_AI_API_KEY"] == "my own"


def test_a_server_that_has_ended_is_not_joined(shell, tmp_path):
    ended = subprocess.Popen(["true"])
    ended.wait()
    (tmp_path / environment.RUNNING).write_text(json.dumps({"pid": ended.pid, "environment": {"DEBUG": "1"}}))
    environment.join_running_server()
    assert "DEBUG" not in shell


def test_without_a_server_nothing_changes(shell):
    before = dict(shell)
    environment.join_running_server()
    assert shell == before
