"""What a foreign file may take: so much memory, so much time, one reader, and nothing from anywhere else."""

import json
import signal
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.conf import settings

from smartspec.lib.sandboxed import ENVIRONMENT, ChildFailed, WarmChild
from storage_app.decoding import mp4
from storage_app.file_types import FILE_TYPES
from storage_app.tests import media

READERS = sorted({(found.media_type, found.reader) for found in FILE_TYPES.values()})


class Inside(BaseHTTPRequestHandler):
    """Something on our network that nobody outside should be able to ask."""

    def do_GET(self):
        self.server.seen.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args):
        """Silence."""


@pytest.fixture
def inside():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Inside)
    server.seen = []
    server.url = f"http://127.0.0.1:{server.server_port}/inside.ts"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def decoder():
    warm = WarmChild("storage_app.decoding", folder=settings.BASE_DIR, memory_bytes=2**30)
    yield warm
    warm.close()


def asked(path, media_type: str, reader: str, **rest) -> dict:
    told = {"do": "describe", "media_type": media_type, "path": str(path), "reader": reader}
    return told | {"max_pixels": 50_000_000} | rest


@pytest.mark.parametrize("media_type, reader", READERS)
def test_no_reader_is_ever_led_to_an_address(decoder, inside, media_type, reader):
    assert "error" in decoder.ask(asked(inside.url, media_type, reader), seconds=60)
    assert inside.seen == []


POINTING = {
    "a playlist": "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{url}\n#EXT-X-ENDLIST\n",
    "a list of files to join": "ffconcat version 1.0\nfile '{url}'\n",
    "a description of a stream": "v=0\nc=IN IP4 127.0.0.1\na=control:{url}\nm=video 9 RTP/AVP 96\n",
    "a manifest": '<?xml version="1.0"?><MPD><Period><BaseURL>{url}</BaseURL></Period></MPD>',
    "a drawing": '<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}"/></svg>',
}


@pytest.mark.parametrize("text", POINTING.values(), ids=POINTING.keys())
def test_a_file_that_points_inside_is_not_followed_by_any_reader(decoder, inside, tmp_path, text):
    path = media.written(tmp_path, text.format(url=inside.url).encode())
    for media_type, reader in READERS:
        assert "error" in decoder.ask(asked(path, media_type, reader), seconds=60)
    assert inside.seen == []


def pointing_film(url: str) -> bytes:
    """A film whose track says that its frames lie elsewhere; what it grows by is taken from what follows."""
    film = media.make_mp4(1.0)
    at = film.index(b"dref") + 12  # of the only entry, which says: in this very file
    assert film[at + 4 : at + 8] == b"url "
    there = mp4.boxed(b"url ", bytes(4) + url.encode() + b"\0")
    growth = len(there) - int.from_bytes(film[at : at + 4])
    film = film[:at] + there + film[at + int.from_bytes(film[at : at + 4]) :]
    for name in (b"dref", b"dinf", b"minf", b"mdia", b"trak", b"moov"):
        size_at = film.index(name) - 4
        size = int.from_bytes(film[size_at : size_at + 4]) + growth
        film = film[:size_at] + size.to_bytes(4) + film[size_at + 4 :]
    return film


def test_a_film_whose_frames_lie_elsewhere_is_not_followed(decoder, inside, tmp_path):
    path = media.written(tmp_path, pointing_film(inside.url))
    decoder.ask(asked(path, "video", "mov"), seconds=60)
    assert inside.seen == []


def endless_sound(folder) -> Path:
    """An hour of silence that takes no room on disk, and its time to listen to."""
    sound = media.written(folder, media.make_endless_wav()[:100], "endless.wav")
    with open(sound, "r+b") as file:
        file.truncate(3600 * 48_000 * 4)
    return sound


def test_a_file_that_takes_too_long_ends_its_reader(tmp_path):
    """By the kernel, even when nobody waits for the answer any more."""
    path = endless_sound(tmp_path)
    child = subprocess.Popen(
        [sys.executable, "-m", "storage_app.decoding", str(2**30)],
        cwd=settings.BASE_DIR,
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    answer, _ = child.communicate(json.dumps(asked(path, "audio", "wav", seconds=0)).encode() + b"\n")
    assert (answer, child.returncode) == (b"", -signal.SIGXCPU)


def test_a_reader_that_was_ended_is_replaced_for_the_next_file(decoder, tmp_path):
    with pytest.raises(ChildFailed):
        decoder.ask(asked(endless_sound(tmp_path), "audio", "wav"), seconds=1)
    fine = media.written(tmp_path, media.make_png(20, 20))
    assert decoder.ask(asked(fine, "image", "PNG"), seconds=60)["answer"]["width"] == 20
