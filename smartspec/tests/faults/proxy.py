"""A bad network: a TCP proxy whose connections are slow, cut, silent, refused or carried out twice."""

import contextlib
import random
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable

RESET = struct.pack("ii", 1, 0)  # linger 0: the other side sees a reset, not an end
SILENCE = 4.0  # seconds that an answer is waited for in vain
SLOWEST = 1.5
KINDS = ("slow", "cut", "silent", "refused", "twice")


class FaultProxy:
    """Passes connections to its own port on to `target`; `troubles` says how likely each kind is.

    `twice` sends everything that a guest has sent once more, afterwards, on a connection of its own, if
    `may_repeat` says so of these bytes.
    """

    def __init__(self, target: int, *, may_repeat: Callable[[bytes], bool] = bool):
        self.target, self.may_repeat = target, may_repeat
        self.troubles: dict[str, float] = {}
        self.counts: Counter[str] = Counter()
        self.door = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self.door.shutdown(socket.SHUT_RDWR)
        self.door.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # the door was closed
            while True:
                guest, _address = self.door.accept()
                threading.Thread(target=self._serve, args=(guest, self._chosen()), daemon=True).start()

    def _chosen(self) -> str:
        """The one trouble of a new connection, or none."""
        for kind, rate in self.troubles.items():
            if random.random() < rate:
                self.counts[kind] += kind != "twice"  # that is counted when there was something to repeat
                return kind
        return ""

    def _serve(self, guest: socket.socket, trouble: str) -> None:
        if trouble == "refused":
            reset(guest)
            return
        try:
            server = socket.create_connection(("127.0.0.1", self.target), timeout=5)
        except OSError:
            reset(guest)
            return
        server.settimeout(None)
        sent = bytearray()
        questions = threading.Thread(target=pump, args=(guest, server, sent), daemon=True)
        questions.start()
        with contextlib.suppress(OSError):
            ANSWERS.get(trouble, pump)(server, guest)
        questions.join()
        for side in (guest, server):
            side.close()
        if trouble == "twice" and self.may_repeat(bytes(sent)):
            self.counts["twice"] += 1
            self._repeat(bytes(sent))

    def _repeat(self, sent: bytes) -> None:
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", self.target), timeout=5) as server,
        ):
            server.sendall(sent)
            server.recv(65536)


def only_reads(sent: bytes) -> bool:
    """HTTP that orders nothing: no network repeats an order that was given once."""
    return sent.startswith(b"GET ") and b"POST /" not in sent


def reset(side: socket.socket) -> None:
    with contextlib.suppress(OSError):
        side.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    side.close()


def pump(source: socket.socket, sink: socket.socket, kept: bytearray | None = None) -> None:
    """Everything from one to the other until either side is gone."""
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            if kept is not None:
                kept += data
            sink.sendall(data)
    for side in (source, sink):
        with contextlib.suppress(OSError):
            side.shutdown(socket.SHUT_RDWR)


def slow(server: socket.socket, guest: socket.socket) -> None:
    time.sleep(random.uniform(0.1, SLOWEST))
    pump(server, guest)


def cut(server: socket.socket, guest: socket.socket) -> None:
    """The request arrives; of the answer a few bytes at most."""
    data = server.recv(65536)
    guest.sendall(data[: random.choice([0, 0, 20, 300])])
    for side in (server, guest):
        with contextlib.suppress(OSError):
            side.shutdown(socket.SHUT_RDWR)


def silent(server: socket.socket, guest: socket.socket) -> None:
    server.recv(65536)
    time.sleep(SILENCE)
    for side in (server, guest):
        with contextlib.suppress(OSError):
            side.shutdown(socket.SHUT_RDWR)


ANSWERS = {"slow": slow, "cut": cut, "silent": silent}
