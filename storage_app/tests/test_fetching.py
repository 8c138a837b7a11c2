"""Foreign files come in whole, within their limits, and from nowhere inside."""

import gzip
import socket
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from storage_app.errors import FetchFailed, TooLarge
from storage_app.fetching import fetch
from storage_app.scratch import scratch_folder

HERE = ["127.0.0.1"]
BODY = bytes(range(256)) * 4096  # a mebibyte


class Foreign(BaseHTTPRequestHandler):
    """A result host with every habit that we have to live with."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.seen.append((self.path, dict(self.headers)))
        getattr(self, "answer_" + self.path.strip("/").partition("/")[0].replace("-", "_"))()

    def send(self, status: int = 200, body: bytes = b"", **headers):
        self.send_response(status)
        for name, value in ({"Content_Length": len(body)} | headers).items():
            if value is not None:
                self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()
        self.wfile.write(body)

    def answer_file(self):
        self.send(body=BODY)

    def answer_chunked(self):
        self.send(Transfer_Encoding="chunked", Content_Length=None)
        for start in range(0, len(BODY), 100_000):
            part = BODY[start : start + 100_000]
            self.wfile.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
        self.wfile.write(b"0\r\n\r\n")

    def answer_cut(self):
        self.send(body=BODY[:1000], Content_Length=len(BODY))
        self.close_connection = True

    def answer_breaking(self, changed: bool = False):
        """Breaks off in the middle of the first answer; knows how to go on."""
        first = not any("Range" in headers for _, headers in self.server.seen)
        if first:
            self.send(body=BODY[:500_000], Content_Length=len(BODY), Accept_Ranges="bytes", ETag='"one"')
            self.close_connection = True
        elif changed:
            self.send(body=BODY[::-1], ETag='"two"')
        else:
            start = int(self.headers["Range"].removeprefix("bytes=").rstrip("-"))
            told = f"bytes {start}-{len(BODY) - 1}/{len(BODY)}"
            self.send(206, BODY[start:], Content_Range=told, ETag='"one"')

    def answer_changing(self):
        self.answer_breaking(changed=True)

    def answer_lying(self):
        if "Range" in self.headers:
            self.send(206, BODY[:10], Content_Range=f"bytes 0-9/{len(BODY)}", ETag='"one"')
        else:
            self.answer_breaking()

    def answer_part(self):
        self.send(206, BODY[:10], Content_Range=f"bytes 0-9/{len(BODY)}")

    def answer_empty(self):
        self.send()

    def answer_packed(self):
        self.send(body=gzip.compress(BODY), Content_Encoding="gzip")

    def answer_drip(self):
        self.send(Content_Length=1000)
        for _ in range(1000):
            if self.server.closing.wait(0.05):
                break
            self.wfile.write(b".")
            self.wfile.flush()
        self.close_connection = True

    def answer_endless(self):
        self.send(Content_Length=None, Connection="close")
        while not self.server.closing.is_set():
            self.wfile.write(BODY)

    def answer_status(self):
        self.send(int(self.path.rpartition("/")[2]))

    def answer_to(self):
        self.send(302, Location=self.path.partition("/to/")[2])

    def answer_round(self):
        self.send(302, Location="/round")

    def answer_cookie(self):
        self.send(body=b"x", Set_Cookie="who=you; Path=/")

    def log_message(self, *args):
        """Silence."""


class Server(ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """A client that hangs up is part of the exercise."""


@pytest.fixture
def host():
    server = Server(("127.0.0.1", 0), Foreign)
    server.seen, server.closing = [], threading.Event()
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.closing.set()
    server.shutdown()
    server.server_close()
    thread.join()


def fetched(url: str, *, allowed_hosts=HERE, max_bytes: int = 2**21, deadline: float = 20.0) -> bytes:
    with fetch(url, allowed_hosts=allowed_hosts, max_bytes=max_bytes, deadline=deadline) as path:
        return path.read_bytes()


@contextmanager
def refused(*, retryable: bool):
    with pytest.raises(FetchFailed) as failure:
        yield
    assert failure.value.retryable is retryable


def test_a_file_arrives_whole(host):
    assert fetched(f"{host.url}/file") == BODY


def test_a_file_of_unannounced_length_arrives_whole(host):
    assert fetched(f"{host.url}/chunked") == BODY


def test_the_temporary_file_is_gone_afterwards(host):
    with fetch(f"{host.url}/file", allowed_hosts=HERE, max_bytes=2**21, deadline=20) as path:
        assert path.parent == scratch_folder()
    assert not path.exists()


def test_we_say_who_we_are_and_send_nothing_else(host):
    fetched(f"{host.url}/file")
    _, headers = host.seen[0]
    assert headers["User-Agent"].startswith("SmartSpec/")
    assert headers["Accept-Encoding"] == "identity"
    assert "Authorization" not in headers


def test_no_cookie_is_kept(host):
    fetched(f"{host.url}/cookie")
    fetched(f"{host.url}/cookie")
    assert "Cookie" not in host.seen[1][1]


def test_a_redirect_is_followed(host):
    assert fetched(f"{host.url}/to/{host.url}/file") == BODY
    assert fetched(f"{host.url}/to//file") == BODY


def test_a_file_cut_off_is_worth_another_try(host):
    with refused(retryable=True):
        fetched(f"{host.url}/cut")


def test_a_download_that_breaks_off_goes_on_where_it_stopped(host):
    assert fetched(f"{host.url}/breaking") == BODY
    asked = [headers.get("Range") for _, headers in host.seen]
    assert asked == [None, "bytes=500000-"]
    assert host.seen[1][1]["If-Range"] == '"one"'


def test_a_file_that_changed_meanwhile_is_fetched_from_its_beginning(host):
    assert fetched(f"{host.url}/changing") == BODY[::-1]


def test_a_part_that_was_not_asked_for_is_not_taken(host):
    for path in ("lying", "part"):
        with pytest.raises(FetchFailed):
            fetched(f"{host.url}/{path}")


def test_going_on_counts_against_the_limit_too(host):
    with pytest.raises(TooLarge):
        fetched(f"{host.url}/breaking", max_bytes=len(BODY) - 1)


def test_an_empty_file_is_worth_another_try(host):
    with refused(retryable=True):
        fetched(f"{host.url}/empty")


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503])
def test_a_host_in_trouble_is_worth_another_try(host, status):
    with refused(retryable=True):
        fetched(f"{host.url}/status/{status}")


@pytest.mark.parametrize("status", [204, 400, 403, 404, 410])
def test_a_file_that_is_gone_is_not(host, status):
    with refused(retryable=False):
        fetched(f"{host.url}/status/{status}")


def test_nobody_listening_is_worth_another_try():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with refused(retryable=True):
        fetched(f"http://127.0.0.1:{port}/file")


def test_an_announced_size_past_the_limit_is_not_downloaded(host):
    with pytest.raises(TooLarge):
        fetched(f"{host.url}/file", max_bytes=1000)


def test_an_endless_answer_is_cut_off(host):
    with pytest.raises(TooLarge):
        fetched(f"{host.url}/endless", max_bytes=3 * 2**20)


def test_a_host_that_drips_runs_into_the_deadline(host):
    begun = time.monotonic()
    with refused(retryable=True):
        fetched(f"{host.url}/drip", deadline=0.4)
    assert time.monotonic() - begun < 30  # the whole drip would take fifty seconds


def test_a_packed_answer_is_refused(host):
    with refused(retryable=False):
        fetched(f"{host.url}/packed")


def test_redirects_end_somewhere(host):
    with refused(retryable=False):
        fetched(f"{host.url}/round")


@pytest.mark.parametrize(
    "target",
    [
        "https://169.254.169.254/latest/meta-data",
        "https://elsewhere.example/file",
        "file:///etc/passwd",
        "ftp://127.0.0.1/file",
        "http://user:password@127.0.0.1/file",
        "https://[broken/file",
    ],
)
def test_a_redirect_to_where_we_would_not_go_is_not_followed(host, target):
    with refused(retryable=False):
        fetched(f"{host.url}/to/{target}")
    assert len(host.seen) == 1


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/file", "http://localhost/file", "https://127.0.0.1/file", "https://0x7f.1/file"],
)
def test_this_machine_is_out_of_bounds_unless_it_is_named(url):
    with refused(retryable=False):
        fetched(url, allowed_hosts=[".aiquickdraw.com"])


@pytest.mark.parametrize("name", ["127.1", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]", "0"])
def test_a_listed_name_that_leads_inside_is_refused_when_we_connect(name):
    host = name.strip("[]")
    with refused(retryable=False):
        fetched(f"https://{name}/file", allowed_hosts=[host])


def test_only_https_leaves_this_machine():
    with refused(retryable=False):
        fetched("http://tempfile.aiquickdraw.com/file", allowed_hosts=[".aiquickdraw.com"])


def test_a_session_ignores_the_machines_proxies(host, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    assert fetched(f"{host.url}/file") == BODY


def test_a_name_with_an_old_and_a_new_address_is_reached_under_either(host):
    assert fetched(host.url.replace("127.0.0.1", "localhost") + "/file", allowed_hosts=["localhost"]) == BODY
