"""A caller's own server: it writes down what it is told of tasks, and now and then it will not hear it."""

import json
import random
import threading
from collections import Counter
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SIGNED = ("webhook-id", "webhook-timestamp", "webhook-signature")
REFUSALS = {500: 0.05, 503: 0.05, 302: 0.02}  # status: how often, instead of listening


class Listener(ThreadingHTTPServer):
    """`file` gets one line of JSON for each message that was heard: its signed headers and its body."""

    daemon_threads = True

    def __init__(self, file: Path):
        super().__init__(("127.0.0.1", 0), Handler)
        self.file = file.open("a")
        self.lock = threading.Lock()
        self.counts: Counter[int] = Counter()
        self.calm = False
        self.url = f"http://127.0.0.1:{self.server_port}/told"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.shutdown()
        self.server_close()
        self.file.close()

    def refusal(self) -> int | None:
        for status, odds in {} if self.calm else REFUSALS.items():
            if random.random() < odds:
                self.counts[status] += 1
                return status
        return None

    def keep(self, message: dict) -> None:
        with self.lock:
            self.file.write(json.dumps(message) + "\n")
            self.file.flush()


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        status = self.server.refusal()
        if status is None:
            self.server.keep({name: self.headers[name] for name in SIGNED} | {"body": body})
        with suppress(OSError):  # the sender may have been killed
            self.send_response(status or 204)
            self.send_header("Content-Length", "0")
            self.end_headers()

    def log_message(self, *words: object) -> None:
        """Nothing: what was heard stands in the file."""
