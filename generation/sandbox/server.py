"""The HTTP server: keep-alive, one thread per connection, gatekeeping as in front of the real API."""

import hmac
import logging
import os
import secrets
import shutil
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from . import control, doors, files, uploads
from .answers import Answer, Lost, Refusal, Request, as_html, as_json
from .desk import Desk
from .protocol import envelope

log = logging.getLogger(__name__)

LARGEST_BODY = 120 * 1024 * 1024  # bytes

ROUTES: dict[tuple[str, str], Callable[[Desk, Request], Answer]] = {
    ("POST", "/api/v1/jobs/createTask"): doors.create_task,
    ("GET", "/api/v1/jobs/recordInfo"): doors.record_info,
    ("POST", "/api/v1/veo/generate"): doors.create_veo,
    ("GET", "/api/v1/veo/record-info"): doors.veo_record,
    ("GET", "/api/v1/veo/get-1080p-video"): doors.veo_1080p,
    ("GET", "/api/v1/chat/credit"): doors.credit,
    ("POST", "/api/v1/common/download-url"): doors.download_url,
    ("POST", "/api/file-base64-upload"): uploads.base64_upload,
    ("POST", "/api/file-stream-upload"): uploads.stream_upload,
    ("POST", "/api/file-url-upload"): uploads.url_upload,
}
OPEN_ROUTES: dict[tuple[str, str], Callable[[Desk, Request], Answer]] = {
    ("POST", "/__sandbox__/mode"): control.set_mode,
    ("GET", "/__sandbox__/tasks"): control.tasks,
    ("POST", "/__sandbox__/release"): control.release,
    ("POST", "/__sandbox__/reset"): control.reset,
}
OPEN_FOLDERS = {"/results/": files.result, "/uploads/": files.upload}


def answer_for(desk: Desk, key: str, request: Request) -> Answer:
    """Who may come in, which door it is, and a refusal as an envelope with HTTP status 200."""
    agent = request.headers.get("user-agent", "")
    if not agent or agent.lower().startswith("python-urllib"):
        return as_html(403, "error code: 1010")
    for folder, door in OPEN_FOLDERS.items():
        if request.path.startswith(folder) and request.method in ("GET", "HEAD"):
            return door(desk, request)
    place = request.method, request.path
    try:
        if place in OPEN_ROUTES:
            return OPEN_ROUTES[place](desk, request)
        if place not in ROUTES:
            return as_json(envelope(code=404, msg="Not Found"), status=404)
        require_key(key, request)
        return ROUTES[place](desk, request)
    except Lost:
        return Answer(drop=True)
    except Refusal as refusal:
        document = envelope(code=refusal.code, msg=refusal.msg)
        return as_json(({"success": False} if "/file-" in request.path else {}) | document)


def require_key(key: str, request: Request) -> None:
    given = request.headers.get("authorization", "")
    if not hmac.compare_digest(given.encode(), f"Bearer {key}".encode()):
        raise Refusal(401, "You do not have access permissions")


class Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 64 * 1024  # headers and body leave in one packet
    disable_nagle_algorithm = True
    timeout = 120
    server: "Listener"

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST_BODY:
            self.close_connection = True
            self._send(as_html(413, "413 Payload Too Large"))
            return
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        query = dict(parse_qsl(parts.query))
        request = Request(self.command, parts.path, query, headers, self.rfile.read(length))
        self._send(answer_for(self.server.desk, self.server.key, request))

    do_POST = do_HEAD = do_GET

    def _send(self, answer: Answer) -> None:
        if answer.drop:
            self.close_connection = True
        elif answer.file is not None:
            self._send_file(answer)
        else:
            self._send_head(answer.status, answer.content_type, len(answer.body))
            if self.command != "HEAD":
                self.wfile.write(answer.body)

    def _send_file(self, answer: Answer) -> None:
        size = answer.file.stat().st_size
        asked = self.headers.get("Range")
        span = files.byte_range(asked, size) if asked else (0, size - 1)
        if span is None:
            self._send_head(416, answer.content_type, 0, ("Content-Range", f"bytes */{size}"))
            return
        start, end = span
        extra = [("Content-Range", f"bytes {start}-{end}/{size}")] if asked else []
        length = end - start + 1
        extra.append(("Accept-Ranges", "bytes"))
        self._send_head(206 if asked else 200, answer.content_type, length, *extra)
        if self.command == "HEAD":
            return
        with answer.file.open("rb") as source:
            source.seek(start)
            if answer.cut:
                length //= 2
                self.close_connection = True
            if length == size:
                shutil.copyfileobj(source, self.wfile, 256 * 1024)
            else:
                self.wfile.write(source.read(length))

    def _send_head(self, status: int, content_type: str, length: int, *extra: tuple[str, str]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(length))
        self.send_header("cf-cache-status", "DYNAMIC")
        self.send_header("cf-ray", f"{secrets.token_hex(8)}-BKK")
        for name, value in extra:
            self.send_header(name, value)
        self.end_headers()

    def version_string(self) -> str:
        return "cloudflare"

    def log_message(self, format: str, *args) -> None:
        log.debug(format, *args)


class Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], desk: Desk, key: str):
        self.desk, self.key = desk, key
        super().__init__(address, Connection)

    def handle_error(self, request, client_address) -> None:
        log.info("connection from %s ended early", client_address, exc_info=True)


class Sandbox:
    """`with Sandbox(folder) as sandbox: … sandbox.url`; every other argument is the desk's."""

    def __init__(self, folder, *, host: str = "127.0.0.1", port: int = 0, key: str = "sandbox-key", **desk):
        self.key = key
        self.desk = Desk(folder=Path(os.fspath(folder)), **desk)
        self._listener = Listener((host, port), self.desk, key)
        self.url = self.desk.base = f"http://{host}:{self._listener.server_address[1]}"
        self._thread = threading.Thread(target=self._listener.serve_forever, args=(0.05,), daemon=True)

    def start(self) -> "Sandbox":
        self._thread.start()
        return self

    def stop(self) -> None:
        if self._thread.is_alive():
            self._listener.shutdown()
            self._thread.join()
        self._listener.server_close()
        self.desk.close()

    def __enter__(self) -> "Sandbox":
        return self.start()

    def __exit__(self, *exception) -> None:
        self.stop()
