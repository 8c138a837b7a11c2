"""People and programs who use the house all at once: pages, API, static files, orders, streams, uploads."""

import io
import json
import random
import threading
import time
from collections.abc import Callable
from pathlib import Path

import requests
from PIL import Image

from smartspec.tests.deployment.book import Book
from smartspec.tests.deployment.client import Client

FINAL = ("completed", "failed", "cancelled")
WORDS = ("a lighthouse", "two boats", "a market at dawn", "rain on a roof", "a kite", "an old tram")
PAGES = (
    "/gallery",
    "/gallery/images",
    "/th/gallery",
    "/gallery/search?q=boat",
    "/about/terms",
    "/sitemap.xml",
)
READS = (
    "/api/v1/gallery",
    "/api/v1/gallery/categories",
    "/api/v1/generation/models",
    "/api/v1/generation/tasks?limit=20",
    "/api/v1/me",
)
READERS, PROGRAMS, BUYERS, UPLOADERS = 2, 1, 4, 1
LONGEST_TASK = 120.0


class Traffic:
    """`rest` is how long, at most, a client waits between two questions."""

    def __init__(self, url: str, *, certificate: Path, keys: list[str], accepted: Path, rest: float = 0.1):
        self.url, self.certificate, self.keys, self.rest = url, certificate, keys, rest
        self.book = Book()
        self.file = accepted.open("a")
        self.lock = threading.Lock()
        self.stopping = threading.Event()
        self.orders = 0
        self.stuck: list[str] = []  # tasks that did not end in time, as clients see it
        self.works: list[str] = []  # pages of works
        self.statics: list[str] = []
        self.heard = 0  # streams told to their last event
        self.threads: list[threading.Thread] = []

    def start(self) -> None:
        roles: list[tuple[Callable[[Client], None], str]] = []
        roles += [(self.read_a_page, "")] * READERS + [(self.read_the_api, self.keys[0])] * PROGRAMS
        roles += [(self.buy, self.keys[number % len(self.keys)]) for number in range(BUYERS)]
        roles += [(self.upload, self.keys[-1])] * UPLOADERS
        for act, key in roles:
            self.threads.append(threading.Thread(target=self.go_on, args=(act, key), daemon=True))
            self.threads[-1].start()

    def stop(self) -> None:
        self.stopping.set()
        for thread in self.threads:
            thread.join(LONGEST_TASK)
        self.file.close()

    def go_on(self, act: Callable[[Client], None], key: str) -> None:
        client = self.client(key)
        while not self.stopping.is_set():
            act(client)
            self.stopping.wait(random.uniform(0, self.rest))
        client.close()

    def client(self, key: str = "") -> Client:
        return Client(self.url, certificate=self.certificate, book=self.book, key=key)

    # -- roles ---------------------------------------------------------------------------------

    def read_a_page(self, client: Client) -> None:
        client.get("page", random.choice([*PAGES, *self.works]))
        if self.statics and random.random() < 0.3:
            client.get("static", random.choice(self.statics))

    def read_the_api(self, client: Client) -> None:
        client.get("api", random.choice(READS))

    def upload(self, client: Client) -> None:
        """A picture of its own each time, taken away again."""
        picture = io.BytesIO()
        Image.frombytes("RGB", (64, 64), random.randbytes(64 * 64 * 3)).save(picture, "PNG")
        files = {"file": ("noise.png", picture.getvalue(), "image/png")}
        answer = client.ask("upload", "POST", "/api/v1/storage/upload", files=files)
        if answer is not None and answer.status_code == 201:
            client.ask("upload", "DELETE", f"/api/v1/storage/{answer.json()['key']}")
        self.stopping.wait(1)

    def buy(self, client: Client) -> None:
        """One order until it is acknowledged, and what becomes of it, by a stream or by polls."""
        task = self.order(client)
        if task is None:
            return
        follow = random.choice((self.listen, self.poll, self.poll))
        if not follow(client, task):
            self.stuck.append(task["id"])

    def order(self, client: Client) -> dict | None:
        with self.lock:
            self.orders += 1
            name = f"order-{self.orders}"
        body = {"prompt": f"{random.choice(WORDS)}, {name}", "model_id": "z-image"}
        headers = {"Idempotency-Key": name}
        while not self.stopping.is_set():
            answer = client.ask("order", "POST", "/api/v1/generation/image", json=body, headers=headers)
            if answer is not None and answer.status_code in (200, 202):
                self.keep(client, name, answer.json()["id"])
                return answer.json()
            self.stopping.wait(random.uniform(0.2, 0.8))
        return None

    def keep(self, client: Client, name: str, task: str) -> None:
        key = client.session.headers["X-API-Key"]
        with self.lock:
            self.file.write(json.dumps({"key": f"{key[-6:]} {name}", "id": task}) + "\n")
            self.file.flush()

    def poll(self, client: Client, task: dict) -> bool:
        end, etag = time.monotonic() + LONGEST_TASK, ""
        while time.monotonic() < end:
            headers = {"If-None-Match": etag} if etag else {}
            answer = client.get("poll", task["urls"]["status"], headers=headers)
            if answer is not None and answer.status_code == 200:
                etag = answer.headers.get("ETag", "")
                if answer.json()["status"] in FINAL:
                    return True
            time.sleep(random.uniform(0.2, 0.5))
        return False

    def listen(self, client: Client, task: dict) -> bool:
        """As a browser's EventSource: whenever it is cut it comes back with the last id that it heard."""
        end, last = time.monotonic() + LONGEST_TASK, ""
        while time.monotonic() < end:
            headers = {"Last-Event-ID": last} if last else {}
            answer = client.get("stream", task["urls"]["events"], headers=headers, stream=True)
            if answer is not None and answer.status_code == 204:
                return True
            if answer is not None and answer.status_code == 200:
                last, is_over = heard(answer, last)
                if is_over:
                    self.heard += 1
                    return True
            time.sleep(0.3)
        return False


def heard(answer: requests.Response, last: str) -> tuple[str, bool]:
    """(the last id, was a final state told)."""
    try:
        for line in answer.iter_lines(decode_unicode=True):
            if line.startswith("id:"):
                last = line[3:].strip()
            if line.startswith("data:") and json.loads(line[5:]).get("status") in FINAL:
                return last, True
    except requests.RequestException:
        return last, False
    finally:
        answer.close()
    return last, False
