"""The product's own programs as processes, on the database and storage of this test run."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from django.db import connections

from smartspec.lib.processes import Process, free_port

MANAGE = [sys.executable, "manage.py"]
Environment = Mapping[str, str]


def database_url() -> str:
    """Where the test database is, for another process."""
    row = connections["default"].settings_dict
    if row["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{row['NAME']}"
    return f"postgres://{row['USER']}@{row['HOST']}:{row['PORT']}/{row['NAME']}"


def environment(more: Environment) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": database_url(), **more}


def worker(folder: Path, env: Environment, *options: str) -> Process:
    command = [*MANAGE, "worker", *options]
    return Process(command, log=folder / "worker.log", env=environment(env)).says("worker ready")


def web(folder: Path, env: Environment, *, port: int | None = None) -> tuple[Process, str]:
    """Returns the running server and its address."""
    port = port or free_port()
    options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--blocking-threads", "4"]
    command = [sys.executable, "-m", "granian", *options, "smartspec.wsgi:application"]
    url = f"http://127.0.0.1:{port}"
    process = Process(command, log=folder / "web.log", env=environment({"SITE_URL": url, **env}))
    return process.answers(port), url


def sandbox(folder: Path, *options: str) -> tuple[Process, str]:
    """Returns the running provider and its KIE_AI_BASE_URL."""
    command = [*MANAGE, "kie_sandbox", "--port", "0", "--dir", str(folder / "sandbox"), *options]
    process = Process(command, log=folder / "sandbox.log").says("sandbox ready ")
    root = process.text().split("sandbox ready ", 1)[1].split()[0]
    return process, f"{root}/api/v1/jobs"
