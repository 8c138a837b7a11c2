"""A provider of few words: it records what it is sent and answers from a script."""

import json
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

HTML = "<html><head><title>502 Bad Gateway</title></head><body>cloudflare</body></html>"


@dataclass
class Reply:
    """`cut` ends the connection before the answer, or in the middle of it."""

    body: object = None
    status: int = 200
    headers: dict = field(default_factory=dict)
    cut: str = ""

    @property
    def data(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else json.dumps(self.body).encode()


def envelope(code: int, msg: str = "success", data: object = None, **more) -> Reply:
    return Reply({"code": code, "msg": msg, "data": data}, **more)


@dataclass
class Seen:
    method: str
    path: str
    query: dict
    headers: dict
    body: bytes

    @property
    def json(self) -> object:
        return json.loads(self.body)


class WireServer:
    """Use as a context manager; `answer(...)` queues replies, `seen` holds what came."""

    def __init__(self):
        self.seen: list[Seen] = []
        self.replies: deque[Reply] = deque()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True

    def answer(self, *replies: Reply) -> "WireServer":
        self.replies.extend(replies)
        return self

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def base_url(self) -> str:
        return f"{self.url}/api/v1/jobs"

    def __enter__(self) -> "WireServer":
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *error) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(wire: WireServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            wire.seen.append(Seen(self.command, parts.path, dict(parse_qsl(parts.query)), headers, body))
            self._reply(wire.replies.popleft())

        do_POST = do_GET

        def _reply(self, reply: Reply):
            self.close_connection = True
            if reply.cut == "before":
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.data) * (2 if reply.cut else 1)))
            self.send_header("Connection", "close")  # said, not only done: a kept connection would race it
            self.end_headers()
            self.wfile.write(reply.data)

        def log_message(self, *words):
            pass

    return Handler
