"""What a run stands on: a folder of its own, a fresh database, storage, nothing of the developer's settings.

To be prepared before Django reads its settings.
"""

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.cores import SERVER_CORE, on_core
from smartspec.lib.processes import Process, free_port
from smartspec.tests.servers import postgres, redis, s3
from smartspec.tests.servers.surroundings import NEUTRAL

MOST_REQUESTS = 10_000  # of one visit


@dataclass
class Ground:
    folder: Path
    name: str
    server_pids: tuple[int, ...] = ()  # of PostgreSQL and Redis
    works: int | None = None  # as many as the gallery is made to hold; None: as many as hang


@contextmanager
def prepared(*, on_postgres: bool = False, on_s3: bool = False, works: int | None = None) -> Iterator[Ground]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="smartspec-bench-")))
        folder.chmod(0o755)  # PostgreSQL may have to run as somebody else
        rows = "PostgreSQL, Redis" if on_postgres else "SQLite"
        media = "S3" if on_s3 else "local files"
        ground = Ground(folder, f"{rows}, {f'{works:,} works' if works else media}", works=works)
        os.environ |= NEUTRAL | environment(folder)
        if on_postgres:
            ground.server_pids = start_servers(folder, stack)
        if on_s3:
            objects = s3.start(folder / "s3")
            stack.callback(objects.process.stop)
            os.environ |= objects.environment
        yield ground


def start_servers(folder: Path, stack: ExitStack) -> tuple[int, int]:
    """PostgreSQL for the rows, Redis for cache and wake-ups; returns their process ids."""
    database, os.environ["DATABASE_URL"] = postgres.start(folder)
    stack.callback(database.stop)
    memory, os.environ["REDIS_URL"] = redis.start(folder / "redis")
    stack.callback(memory.stop)
    os.environ["QUEUE_BROKER"] = "redis"
    return database.pid, memory.pid


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
        "GENERATION_CREATES_PER_WINDOW": "1000",  # the raised pace: 95 a second
        "GENERATION_MAX_IN_FLIGHT": str(MOST_REQUESTS),
    }


@contextmanager
def web(
    ground: Ground,
    *,
    door: str = "wsgi",
    threads: int = 1,
    port: int | None = None,
    env: Mapping[str, str] | None = None,
) -> Iterator[tuple[int, int]]:
    """The web server as it is shipped, alone on its core; port and process id."""
    port = port or free_port()
    command = [sys.executable, "-m", "granian", "--interface", door, "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "1"]
    command += ["--blocking-threads", str(threads)] if door == "wsgi" else []
    command.append(f"smartspec.{door}:application")
    server = Process(on_core(SERVER_CORE, command), log=ground.folder / f"{door}.log", env=env)
    try:
        server.answers(port, seconds=60)
        yield port, server.pid
    finally:
        server.stop()


@contextmanager
def worker(ground: Ground, *, workers: int, env: Mapping[str, str] | None = None) -> Iterator[Process]:
    """The worker as it is shipped, ready to work."""
    program = [sys.executable, "-m", "django", "worker", "--workers", str(workers)]
    process = Process(program, log=ground.folder / "worker.log", env=env)
    try:
        process.says("worker ready", seconds=60)
        yield process
    finally:
        process.stop()
