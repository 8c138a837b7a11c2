"""A running worker whose jobs are errands, on both brokers."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django_q.brokers.orm import ORM
from django_q.conf import Conf
from django_q.tasks import async_task

from smartspec.lib.brokers import WakeupRedis
from smartspec.lib.processes import Process
from smartspec.tests.servers import programs, redis
from smartspec.tests.worker import errands

SETTINGS = {"DJANGO_SETTINGS_MODULE": "smartspec.tests.worker.settings", "SWEEP_SECONDS": "0.1"}


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory):
    server, url = redis.start(tmp_path_factory.mktemp("redis"))
    yield url
    server.stop()


class Desk:
    """Starts the worker, gives it errands and reads their traces."""

    def __init__(self, folder: Path, env: dict[str, str], broker):
        self.folder, self.env, self.broker = folder, SETTINGS | env, broker
        self.process: Process | None = None

    def start(self, *options: str, **env: str) -> Process:
        self.process = programs.worker(self.folder, self.env | env, "--workers", "2", *options)
        return self.process

    def give(self, errand: str, *args: str, name: str = "traces") -> Path:
        traces = self.folder / name
        job = errand if "." in errand else f"{errands.__name__}.{errand}"
        async_task(job, str(traces), *args, broker=self.broker)
        return traces

    def children(self) -> list[int]:
        return children_of(self.process.pid)

    def wait_for(self, traces: Path, *lines: str, seconds: float = 20) -> None:
        wait_until(lambda: errands.lines(traces) == list(lines), seconds=seconds)

    def works(self) -> bool:
        """A fresh errand is done."""
        traces = self.give("note", name=f"alive-{time.monotonic_ns()}")
        self.wait_for(traces, "done")
        return True


@pytest.fixture
def orm_desk(transactional_db, tmp_path):
    yield from open_desk(tmp_path, {}, ORM(list_key="smartspec"))


@pytest.fixture(params=["orm", "redis"])
def desk(request, transactional_db, tmp_path, monkeypatch):
    if request.param == "orm":
        yield from open_desk(tmp_path, {}, ORM(list_key="smartspec"))
        return
    url = request.getfixturevalue("redis_url")
    monkeypatch.setattr(Conf, "REDIS", url)
    broker = WakeupRedis(list_key="smartspec")
    broker.delete_queue()
    yield from open_desk(tmp_path, {"QUEUE_BROKER": "redis", "REDIS_URL": url}, broker)


def open_desk(folder: Path, env: dict[str, str], broker):
    desk = Desk(folder, env, broker)
    yield desk
    if desk.process:
        desk.process.kill()


def children_of(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(word) for word in path.read_text().split()]


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def wait_until(condition: Callable[[], object], *, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "nothing happened in time"
        time.sleep(0.02)
