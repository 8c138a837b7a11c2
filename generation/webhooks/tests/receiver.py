"""Somebody's server on loopback: it keeps what it is told and answers as the test wishes."""

import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

from standardwebhooks.webhooks import Webhook

DRIP = -1  # instead of a status: a first line that never ends, a byte at a time


class Heard(NamedTuple):
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    def verified(self, secret: str) -> dict:
        """The message, if the receivers' own library believes it."""
        return Webhook(secret).verify(self.body, self.headers)


class Receiver(ThreadingHTTPServer):
    """`answers` are the next statuses, 204 after them; `gate` holds every answer back while it is clear."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.heard: list[Heard] = []
        self.answers: list[int] = []
        self.arrived = threading.Event()
        self.gate = threading.Event()
        self.gate.set()
        self.url = f"http://127.0.0.1:{self.server_port}/hook?for=me"

    def __enter__(self):
        self.thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()
        return self

    def __exit__(self, *error):
        self.gate.set()
        self.shutdown()
        self.thread.join()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.heard.append(Heard(self.path, headers, body))
        self.server.arrived.set()
        self.server.gate.wait(30)
        self.answer(self.server.answers.pop(0) if self.server.answers else 204)

    def answer(self, status: int) -> None:
        with suppress(OSError):  # the sender may be gone
            if status == DRIP:
                self.drip()
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

    def drip(self) -> None:
        self.wfile.write(b"HTTP/1.1 ")
        while True:
            self.wfile.write(b"x")
            time.sleep(0.02)

    def log_message(self, *words) -> None:
        pass
