"""A large film passes through a worker without the worker growing."""

import io
import json
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest
from django.test import RequestFactory

from storage_app import placing, probing, renditions
from storage_app.fetching import fetch
from storage_app.scratch import scratch_folder
from storage_app.staging import receive
from storage_app.storages.stored import Terms
from storage_app.tests import media

pytestmark = pytest.mark.django_db
MIB = 2**20
PADDING = 100 * MIB  # in a box that players step over


class FilmHost(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    film = b""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.film) + 8 + PADDING))
        self.end_headers()
        self.wfile.write(self.film + (8 + PADDING).to_bytes(4, "big") + b"free")
        for _ in range(PADDING // MIB):
            self.wfile.write(bytes(MIB))

    def log_message(self, *args):
        """Silence."""


@pytest.fixture
def film_url():
    FilmHost.film = media.make_mp4(1.0)
    server = ThreadingHTTPServer(("127.0.0.1", 0), FilmHost)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/film.mp4"
    server.shutdown()
    server.server_close()
    thread.join()


class FormOfAFilm(io.RawIOBase):
    """A multipart body that is made while it is read: a film with a hundred megabytes of padding."""

    HEAD = b'--BOUND\r\nContent-Disposition: form-data; name="file"; filename="film.mp4"\r\n\r\n'

    def __init__(self):
        film = media.make_mp4(1.0)
        self.size = len(film) + 8 + PADDING
        self._parts = [
            self.HEAD + film + (8 + PADDING).to_bytes(4, "big") + b"free",
            *[bytes(MIB)] * (PADDING // MIB),
            b"\r\n--BOUND--\r\n",
        ]
        self.length = sum(map(len, self._parts))
        self._rest = b""

    def read(self, size: int) -> bytes:
        while len(self._rest) < size and self._parts:
            self._rest += self._parts.pop(0)
        data, self._rest = self._rest[:size], self._rest[size:]
        return data


def highest_memory() -> int:
    """Bytes that this process held at most since `forget_highest_memory`."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def forget_highest_memory() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def test_a_hundred_megabytes_are_fetched_described_and_stored(film_url, store):
    store(media.make_png(20, 20), "image")  # clients and modules are loaded and not counted
    forget_highest_memory()
    before = highest_memory()
    with fetch(film_url, allowed_hosts=["127.0.0.1"], max_bytes=200 * MIB, deadline=120) as film:
        facts = probing.describe(film, media_type="video")
        placing.put(film, key="videos/generated/u/film.mp4", content_type=facts.content_type)
    asset = placing.record(asset_id=uuid.uuid4(), key="videos/generated/u/film.mp4", facts=facts)
    renditions.render_first(asset)
    assert asset.bytes > PADDING
    assert asset.renditions.count() == 2
    assert highest_memory() - before < 64 * MIB


def test_a_hundred_megabytes_are_taken_from_a_form(sender):
    sender.upload(media.make_png(20, 20))
    film = FormOfAFilm()
    environ = RequestFactory(headers={"X-API-Key": sender.secret}).post("/api/v1/storage/upload").environ
    environ |= {
        "CONTENT_TYPE": "multipart/form-data; boundary=BOUND",
        "CONTENT_LENGTH": str(film.length),
        "wsgi.input": film,
    }
    forget_highest_memory()
    before = highest_memory()
    answer = sender.client.handler(environ)
    assert (answer.status_code, json.loads(answer.content)["bytes"]) == (201, film.size)
    assert highest_memory() - before < 64 * MIB


def test_a_hundred_megabytes_are_put_on_terms(sender):
    body = FormOfAFilm()
    body._parts[0] = body._parts[0].removeprefix(FormOfAFilm.HEAD)
    body._parts.pop()
    terms = Terms("video/mp4", body.size)
    forget_highest_memory()
    before = highest_memory()
    with NamedTemporaryFile(dir=scratch_folder()) as file:
        receive(body, file, terms)
        assert file.tell() == body.size
    assert highest_memory() - before < 64 * MIB
