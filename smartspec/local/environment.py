"""The settings of a local server: a sandbox as provider, loopback only, everything under .local/."""

import json
import os
import socket
from pathlib import Path

from smartspec.lib.processes import ROOT

RUNNING = "running-server.json"
SANDBOX_KEY = "sandbox-key"


def next_free(port: int) -> int:
    """`port`, or the first one after it that nobody uses."""
    while not is_free(port):
        port += 1
    return port


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def environment(*, web_port: int, events_port: int, sandbox_port: int) -> dict[str, str]:
    site = f"http://127.0.0.1:{web_port}"
    return {
        "DEBUG": "true",
        "SITE_URL": site,
        "CALLBACK_URL": site,
        "EVENTS_URL": f"http://127.0.0.1:{events_port}",
        "KIE_AI_BASE_URL": f"http://127.0.0.1:{sandbox_port}/api/v1/jobs",
        "KIE_AI_API_KEY": SANDBOX_KEY,
        "GENERATION_RESULT_HOSTS": "127.0.0.1",
        "ALLOW_SANDBOX": "true",
    }


def folder() -> Path:
    return Path(os.environ.get("LOCAL_DIR", ROOT / ".local"))


def publish(env: dict[str, str]) -> None:
    """Let commands typed in another shell find this server for as long as it lives."""
    (folder() / RUNNING).write_text(json.dumps({"pid": os.getpid(), "environment": env}))


def withdraw() -> None:
    (folder() / RUNNING).unlink(missing_ok=True)


def join_running_server() -> None:
    """`manage.py generate …` beside a running script/server: the same provider, the same addresses.

    What the shell or a .env file sets is stronger; without a living server nothing changes.
    """
    path = folder() / RUNNING
    if not path.exists():
        return
    running = json.loads(path.read_text())
    if is_running(running["pid"]):
        for name, value in running["environment"].items():
            os.environ.setdefault(name, value)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
