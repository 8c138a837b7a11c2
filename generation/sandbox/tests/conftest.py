"""A sandbox on a free port, fast, with small results, and a customer who talks to it."""

import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace

import pytest
import requests

from generation.provider import KieClient, ProviderError, Reading
from generation.sandbox.server import Sandbox

KEY = "sandbox-key"
VOICE = "EkK5I93UQWFDigLMpZcX"


class Customer:
    def __init__(self, sandbox: Sandbox):
        self.sandbox = sandbox
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {KEY}"

    def get(self, path: str, **query) -> requests.Response:
        return self.session.get(self.sandbox.url + path, params=query, timeout=20)

    def post(self, path: str, body) -> requests.Response:
        return self.session.post(self.sandbox.url + path, json=body, timeout=20)

    def create(self, model: str, document: dict, **root) -> dict:
        return self.post("/api/v1/jobs/createTask", {"model": model, "input": document, **root}).json()

    def task(self, model: str, document: dict, **root) -> str:
        answer = self.create(model, document, **root)
        assert answer["code"] == 200, answer
        return answer["data"]["taskId"]

    def record(self, task_id: str) -> dict:
        return self.get("/api/v1/jobs/recordInfo", taskId=task_id).json()["data"]

    def veo_record(self, task_id: str) -> dict:
        return self.get("/api/v1/veo/record-info", taskId=task_id).json()["data"]

    def finished(self, task_id: str, seconds: float = 60) -> dict:
        return eventually(lambda: done(self.record(task_id)), seconds)

    def veo_finished(self, task_id: str, seconds: float = 60) -> dict:
        return eventually(lambda: flagged(self.veo_record(task_id)), seconds)

    def credits(self) -> float:
        return self.get("/api/v1/chat/credit").json()["data"]

    def mode(self, **settings) -> dict:
        return self.post("/__sandbox__/mode", settings).json()


def done(record: dict) -> dict | None:
    return record if record["state"] in ("success", "fail") else None


def flagged(record: dict) -> dict | None:
    return record if record["successFlag"] else None


def eventually(ask, seconds: float = 30):
    """The first true answer; fails loudly when it does not come."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = ask()
        if answer:
            return answer
        time.sleep(0.02)
    pytest.fail("it did not happen in time")


@pytest.fixture(scope="package")
def running(tmp_path_factory):
    with Sandbox(tmp_path_factory.mktemp("kie"), speed=100, rate=0) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running):
    """The same process for all tests, as good as new for each."""
    running.desk.reset()
    running.desk.mode.set({"sketch": True})
    return running


@pytest.fixture
def customer(sandbox):
    customer = Customer(sandbox)
    yield customer
    customer.session.close()


class Mailbox:
    """An HTTP server that keeps what is posted to it and answers with the next of `statuses`, then 200."""

    def __init__(self):
        self.letters: list[tuple[dict, bytes]] = []
        self.statuses: list[int] = []
        mailbox = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                mailbox.letters.append((dict(self.headers), body))
                self.send_response(mailbox.statuses.pop(0) if mailbox.statuses else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args):
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/callback"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def close(self):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def mailbox():
    mailbox = Mailbox()
    yield mailbox
    mailbox.close()


@pytest.fixture
def kie(sandbox) -> KieClient:
    return KieClient(f"{sandbox.url}/api/v1/jobs", KEY)


def order(words: str = "", *, model: str = "z-image", family: str = "jobs", **document) -> SimpleNamespace:
    """What our client sends; a member that is None is left out."""
    document = {"prompt": f"a lotus {words}", "aspect_ratio": "1:1"} | document
    given = {name: value for name, value in document.items() if value is not None}
    return SimpleNamespace(family=family, model=model, input=given)


def bought(kie: KieClient, words: str = "", *, callback: str = "", **more) -> str:
    return kie.create(order(words, **more), callback_url=callback)


def refusal(act) -> type[ProviderError]:
    with pytest.raises(ProviderError) as caught:
        act()
    return type(caught.value)


def ended(kie: KieClient, task_id: str, family: str = "jobs") -> Reading:
    def look() -> Reading | None:
        reading = kie.read(family, task_id)
        return reading if reading.state != "running" else None

    return eventually(look)
