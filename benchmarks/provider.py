"""A provider that is done at once and costs next to nothing: every order has the same result.

A program of its own: `python -m benchmarks.provider PICTURE`. Only the doors that a plain order meets.
"""

import json
import secrets
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from generation.sandbox.protocol import envelope, record_info
from generation.sandbox.tasks import Task

MODEL = "nano-banana-pro"


class Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 64 * 1024
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.say(envelope({"taskId": secrets.token_hex(16)}))

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path.startswith("/results/"):
            self.send(self.server.picture, "image/png")
            return
        task = Task(parse_qs(parts.query)["taskId"][0], "jobs", MODEL, {}, state="success", files=["one"])
        self.say(envelope(record_info(task, f"http://{self.headers['Host']}")))

    def say(self, document: dict) -> None:
        self.send(json.dumps(document).encode(), "application/json")

    def send(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args) -> None:
        """Nothing to tell."""


def main() -> None:
    listener = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    listener.daemon_threads = True
    listener.picture = Path(sys.argv[1]).read_bytes()
    print(f"provider ready http://127.0.0.1:{listener.server_address[1]}", flush=True)
    listener.serve_forever()


if __name__ == "__main__":
    main()
