"""What a run stands on: a folder of its own, a fresh database, storage, nothing of the developer's settings.

To be prepared before Django reads its settings.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.cores import SERVER_CORE, on_core
from smartspec.lib.processes import Process, free_port
from smartspec.tests.servers import postgres, s3
from smartspec.tests.servers.surroundings import NEUTRAL

MOST_REQUESTS = 10_000  # of one visit


@dataclass
class Ground:
    folder: Path
    database: str
    storage: str
    postgres_pids: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.database}, {self.storage}"


@contextmanager
def prepared(*, on_postgres: bool, on_s3: bool) -> Iterator[Ground]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="smartspec-bench-")))
        folder.chmod(0o755)  # PostgreSQL may have to run as somebody else
        ground = Ground(folder, "PostgreSQL" if on_postgres else "SQLite", "S3" if on_s3 else "local files")
        os.environ |= NEUTRAL | environment(folder)
        if on_postgres:
            server, os.environ["DATABASE_URL"] = postgres.start(folder)
            stack.callback(server.stop)
            ground.postgres_pids = (server.pid,)
        if on_s3:
            objects = s3.start(folder / "s3")
            stack.callback(objects.process.stop)
            os.environ |= objects.environment
        yield ground


def environment(folder: Path) -> dict[str, str]:
    for name in ("local", "static", "constants"):
        (folder / name).mkdir()
    return {
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "DEBUG": "false",
        "ALLOW_SANDBOX": "true",
        "LOCAL_DIR": str(folder / "local"),
        "MEDIA_ROOT": str(folder / "local" / "media"),
        "STATIC_ROOT": str(folder / "static"),
        "BENCH_CONSTANTS": str(folder / "constants"),
        "DATABASE_URL": f"sqlite:///{folder / 'local' / 'db.sqlite3'}",
        "KIE_AI_API_KEY": "sandbox-key",
        "GENERATION_RESULT_HOSTS": "127.0.0.1",
        # the tasks of one visit are all under way at once
        "GENERATION_CREATES_PER_WINDOW": str(MOST_REQUESTS),
        "GENERATION_MAX_IN_FLIGHT": str(MOST_REQUESTS),
    }


@contextmanager
def web(ground: Ground) -> Iterator[tuple[int, int]]:
    """The web server as it is shipped, alone on its core; port and process id."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    command += [
        "--port",
        str(port),
        "--workers",
        "1",
        "--blocking-threads",
        "1",
        "smartspec.wsgi:application",
    ]
    server = Process(on_core(SERVER_CORE, command), log=ground.folder / "web.log")
    try:
        server.answers(port, seconds=60)
        yield port, server.pid
    finally:
        server.stop()
