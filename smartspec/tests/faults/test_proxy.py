"""The bad network, each of its tricks on its own."""

import socket
import threading

import pytest

from smartspec.tests.faults import proxy as bad_network
from smartspec.tests.faults.proxy import FaultProxy
from smartspec.tests.worker.conftest import wait_until


class Echo:
    """Answers every connection's first words with the same words in capitals."""

    def __init__(self):
        self.heard: list[bytes] = []
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self) -> None:
        while True:
            try:
                guest, _address = self.door.accept()
            except OSError:
                return
            with guest:
                if words := guest.recv(1000):
                    self.heard.append(words)
                    guest.sendall(words.upper())

    def close(self) -> None:
        self.door.shutdown(socket.SHUT_RDWR)
        self.door.close()
        self.thread.join(5)


@pytest.fixture
def echo():
    echo = Echo()
    yield echo
    echo.close()


@pytest.fixture
def proxy(echo):
    proxy = FaultProxy(echo.port)
    yield proxy
    proxy.close()


def ask(proxy: FaultProxy, words: bytes = b"hello") -> bytes:
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=10) as connection:
        connection.sendall(words)
        answer = b""
        while piece := connection.recv(1000):
            answer += piece
        return answer


def test_without_troubles_everything_passes(proxy, echo):
    assert ask(proxy) == b"HELLO"
    assert (echo.heard, proxy.counts.total()) == ([b"hello"], 0)


def test_a_slow_connection_answers_all_the_same(proxy, monkeypatch):
    monkeypatch.setattr(bad_network, "SLOWEST", 0.1)
    proxy.troubles = {"slow": 1.0}
    assert ask(proxy) == b"HELLO"
    assert proxy.counts == {"slow": 1}


def test_a_refused_connection_never_reaches_the_server(proxy, echo):
    proxy.troubles = {"refused": 1.0}
    with pytest.raises(OSError):
        ask(proxy)
    assert echo.heard == []


def test_a_cut_connection_delivers_the_request_and_loses_the_answer(proxy, echo, monkeypatch):
    monkeypatch.setattr(bad_network.random, "choice", lambda lengths: 2)
    proxy.troubles = {"cut": 1.0}
    assert ask(proxy) == b"HE"
    assert echo.heard == [b"hello"]


def test_a_silent_connection_says_nothing_although_the_request_arrived(proxy, echo, monkeypatch):
    monkeypatch.setattr(bad_network, "SILENCE", 0.1)
    proxy.troubles = {"silent": 1.0}
    assert ask(proxy) == b""
    assert echo.heard == [b"hello"]


def test_a_repeated_request_arrives_twice(proxy, echo):
    proxy.troubles = {"twice": 1.0}
    assert ask(proxy) == b"HELLO"
    wait_until(lambda: echo.heard == [b"hello", b"hello"])
    assert proxy.counts == {"twice": 1}


@pytest.mark.parametrize(
    "words, repeated",
    [
        (b"GET /recordInfo?taskId=a HTTP/1.1\r\n\r\n", True),
        (b"POST /createTask HTTP/1.1\r\n\r\n{}", False),
        (b"GET /recordInfo HTTP/1.1\r\n\r\nPOST /createTask HTTP/1.1\r\n\r\n{}", False),
        (b"", False),
    ],
)
def test_an_order_is_never_given_twice_by_the_network(words, repeated):
    assert bad_network.only_reads(words) is repeated


def test_what_may_not_be_repeated_arrives_once(echo):
    proxy = FaultProxy(echo.port, may_repeat=bad_network.only_reads)
    proxy.troubles = {"twice": 1.0}
    assert ask(proxy, b"POST /createTask") == b"POST /CREATETASK"
    assert ask(proxy, b"GET /recordInfo") == b"GET /RECORDINFO"
    wait_until(lambda: len(echo.heard) == 3)
    assert sorted(echo.heard) == [b"GET /recordInfo", b"GET /recordInfo", b"POST /createTask"]
    proxy.close()
