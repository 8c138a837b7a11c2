"""Event streams outlive a database that goes away and comes back, in either process that serves them."""

import json
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import pytest
import requests

from smartspec.lib.processes import Process, free_port
from smartspec.tests.faults.installation import Installation

pytestmark = [
    pytest.mark.processes,
    pytest.mark.postgres_only(reason="it starts a PostgreSQL of its own, whichever the tests run on"),
]
STUCK = {"prompt": "a boat [sandbox:stuck]", "model_id": "z-image"}


class Listener(threading.Thread):
    """Hears one stream to its end; `stages` holds what was said so far."""

    def __init__(self, url: str, **headers: str):
        super().__init__(daemon=True)
        self.answer = requests.get(url, headers=headers, stream=True, timeout=(5, 60))
        self.stages: list[str] = []
        self.start()

    def run(self) -> None:
        for line in self.answer.iter_lines(decode_unicode=True):
            if line.startswith("data: "):
                self.stages.append(json.loads(line.removeprefix("data: "))["stage"])


def wait_until(condition: Callable[[], object], *, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "nothing happened in time"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def product() -> Iterator[Installation]:
    with TemporaryDirectory(prefix="smartspec-streams-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL may have to run as somebody else
        product = Installation(Path(folder), database="postgres", broker="orm", crash_rate=0)
        product.open()
        yield product
        product.close()
        product.close_database()


@pytest.fixture(scope="module")
def streams(product) -> Iterator[str]:
    """The address of a streams process beside the product."""
    port = free_port()
    options = ["--interface", "asgi", "--host", "127.0.0.1", "--port", str(port)]
    command = [sys.executable, "-m", "granian", *options, "smartspec.asgi:application"]
    process = Process(command, log=product.folder / "logs" / "streams.log", env=product.env).answers(port)
    yield f"http://127.0.0.1:{port}"
    process.stop()


def key_of(product: Installation) -> dict[str, str]:
    return {"X-API-Key": product.keys[0]}


def ordered(product: Installation) -> dict:
    """A task that the provider keeps waiting until it is told otherwise."""
    url = f"{product.url}/api/v1/generation/image"
    task = requests.post(url, json=STUCK, headers=key_of(product), timeout=30).json()
    wait_until(lambda: asked(product, task)["stage"] == "waiting")
    return task


def asked(product: Installation, task: dict) -> dict:
    return requests.get(task["urls"]["self"], headers=key_of(product), timeout=30).json()


def at(door: str, task: dict, *, token: bool = True) -> str:
    parts = urlsplit(task["urls"]["events"])
    return f"{door}{parts.path}?{parts.query}" if token else f"{door}{parts.path}"


def bring_back(product: Installation) -> None:
    product.start_server("postgres")
    product.running["postgres"].answers(urlsplit(product.env["DATABASE_URL"]).port)


def let_go_on(product: Installation) -> None:
    url = f"http://127.0.0.1:{product.sandbox_port}/__sandbox__/release"
    assert requests.post(url, json={}, timeout=10).json()["released"] > 0


def log_of(product: Installation, name: str) -> str:
    return "\n".join(log.read_text() for log in (product.folder / "logs").glob(f"{name}*.log"))


def test_a_stream_outlives_a_database_that_goes_and_comes_back(product, streams):
    task = ordered(product)
    listeners = [Listener(at(door, task)) for door in (product.url, streams)]
    wait_until(lambda: all("waiting" in listener.stages for listener in listeners))
    product.stop_server("postgres", signal.SIGINT)
    wait_until(lambda: "a stream cannot read" in log_of(product, "web"))
    wait_until(lambda: "streams cannot read" in log_of(product, "streams"))
    bring_back(product)
    wait_until(lambda: requests.get(f"{product.url}/readyz", timeout=30).status_code == 200)
    let_go_on(product)
    wait_until(lambda: not any(listener.is_alive() for listener in listeners))
    assert [listener.stages[-1] for listener in listeners] == ["done", "done"]


def test_who_comes_while_it_is_away_is_let_in_by_the_streams_token_and_told_to_wait_by_a_key(
    product, streams
):
    task = ordered(product)
    product.stop_server("postgres", signal.SIGINT)
    refused = requests.get(at(streams, task, token=False), headers=key_of(product), timeout=30)
    assert (refused.status_code, refused.json()["code"]) == (503, "unavailable")
    assert int(refused.headers["Retry-After"]) > 0
    listener = Listener(at(streams, task))
    assert listener.answer.status_code == 200
    assert requests.get(at(streams, task) + "x", timeout=30).status_code == 401
    bring_back(product)
    wait_until(lambda: "waiting" in listener.stages)
    let_go_on(product)
    wait_until(lambda: not listener.is_alive())
    assert listener.stages[-1] == "done"
