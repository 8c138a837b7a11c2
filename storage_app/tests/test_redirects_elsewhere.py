"""A file may lie behind another host; each hop on the way is looked at as strictly as the first."""

import io
import socket
from urllib.parse import urlsplit

import pytest
import requests
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse
from urllib3.util import connection as sockets

from smartspec.lib import http
from storage_app.errors import FetchFailed
from storage_app.fetching import ANYWHERE, fetch

START, CDN = "https://pictures.test", "https://cdn.test"
PUBLIC, INSIDE = "104.18.2.3", "127.0.0.1"


class Hosts(BaseAdapter):
    """The hosts under START and CDN: /to/<address> sends there, /round/<n> n times, /file is one."""

    def __init__(self):
        super().__init__()
        self.target = ""
        self.asked: list[requests.PreparedRequest] = []

    def send(self, request, **_options) -> requests.Response:
        self.asked.append(request)
        word, _stroke, rest = urlsplit(request.url).path.strip("/").partition("/")
        target = {"to": self.target, "round": f"/round/{int(rest or 1) - 1}" if rest != "0" else "/file"}
        status, headers = (200, {}) if word == "file" else (302, {"Location": target[word]})
        raw = HTTPResponse(io.BytesIO(b"bytes"), status=status, headers=headers, preload_content=False)
        answer = requests.Response()
        answer.raw, answer.status_code, answer.url, answer.request = raw, status, request.url, request
        answer.headers.update(headers)
        return answer

    def close(self) -> None:
        """Part of an adapter; there is nothing to close."""


@pytest.fixture
def hosts():
    session, hosts = http.session(), Hosts()
    for place in (START, CDN):
        session.mount(place, hosts)
    yield hosts
    for place in (START, CDN):
        session.adapters.pop(place)


def fetched(url: str) -> bytes:
    with fetch(url, allowed_hosts=ANYWHERE, max_bytes=100, deadline=5) as path:
        return path.read_bytes()


def refused_for_good(url: str) -> None:
    with pytest.raises(FetchFailed) as error:
        fetched(url)
    assert not error.value.retryable


def test_another_host_may_have_the_file(hosts):
    hosts.target = f"{CDN}/file"
    assert fetched(f"{START}/to") == b"bytes"
    assert [urlsplit(request.url).netloc for request in hosts.asked] == ["pictures.test", "cdn.test"]


def test_nothing_that_opens_doors_is_sent_along(hosts):
    hosts.target = f"{CDN}/file"
    fetched(f"{START}/to")
    sent = {name.lower() for request in hosts.asked for name in request.headers}
    assert sent & {"authorization", "cookie", "referer", "x-api-key"} == set()


@pytest.mark.parametrize(("hops", "arrives"), [(4, True), (5, False)])
def test_five_hops_are_enough_for_anybody(hosts, hops, arrives):
    """/round/4 is four redirects to /round/0 and a fifth to the file."""
    if arrives:
        assert fetched(f"{START}/round/{hops}") == b"bytes"
    else:
        refused_for_good(f"{START}/round/{hops}")


@pytest.mark.parametrize(
    "target",
    [
        *("https://127.0.0.1/x", "https://127.1/x", "https://2130706433/x", "https://0x7f000001/x"),
        *("https://0177.0.0.1/x", "https://017700000001/x", "https://0x7f.0.0.1/x", "https://0/x"),
        *("https://0.0.0.0/x", "https://[::1]/x", "https://[::]/x", "https://[::ffff:127.0.0.1]/x"),
        *("https://[::ffff:7f00:1]/x", "https://[::127.0.0.1]/x", "https://[64:ff9b::a9fe:a9fe]/x"),
        *(
            "https://localhost/x",
            "https://LOCALHOST/x",
            "https://127.0.0.1:443/x",
            "https://127.0.0.1:8000/x",
        ),
        *("https://10.0.0.8/x", "https://172.16.0.1/x", "https://192.168.1.1/x", "https://100.64.0.1/x"),
        *("https://169.254.169.254/latest/meta-data", "https://[fd00:ec2::254]/x", "https://[fe80::1]/x"),
        *("https://198.18.0.1/x", "https://224.0.0.1/x", "https://[2002:7f00:1::]/x", "//127.0.0.1/x"),
    ],
)
def test_no_spelling_of_a_private_address_is_followed(hosts, target):
    hosts.target = target
    refused_for_good(f"{START}/to")


@pytest.mark.parametrize(
    "target",
    [
        *(f"http{CDN[5:]}/file", "ftp://cdn.test/file", "file:///etc/passwd", "gopher://cdn.test/"),
        *("https://user:password@cdn.test/file", "https://user@cdn.test/file", "https://:word@cdn.test/file"),
        *("https://[broken/file", "https://cdn.test:99999/file"),
    ],
)
def test_only_https_without_credentials_is_followed(hosts, target):
    hosts.target = target
    refused_for_good(f"{START}/to")
    assert len(hosts.asked) == 1


class Names:
    """A name server that changes its mind after the first answer, and a note of what was connected to."""

    def __init__(self, monkeypatch, first: str):
        self.asked, self.connected, self.first = 0, [], first
        monkeypatch.setattr(socket, "getaddrinfo", self.answer)
        monkeypatch.setattr(sockets, "create_connection", self.connect)

    def answer(self, host, port, *_args, **_kwargs):
        self.asked += 1
        address = self.first if self.asked == 1 else {PUBLIC: INSIDE, INSIDE: PUBLIC}[self.first]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    def connect(self, address, *_args, **_kwargs):
        self.connected.append(address)
        raise ConnectionRefusedError


def test_the_connection_goes_to_the_very_address_that_was_checked(monkeypatch):
    names = Names(monkeypatch, first=PUBLIC)
    with pytest.raises(FetchFailed):
        fetched("https://rebinding.test/file")
    assert (names.asked, names.connected) == (1, [(PUBLIC, 443)])


def test_after_a_redirect_the_name_is_looked_up_and_checked_anew(hosts, monkeypatch):
    names = Names(monkeypatch, first=INSIDE)
    hosts.target = "https://rebinding.test/file"
    refused_for_good(f"{START}/to")
    assert (names.asked, names.connected) == (1, [])
