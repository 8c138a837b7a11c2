"""Open event streams: read all the time, counting what each has heard."""

import selectors
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

EVENT = b"event: status"


class Listeners:
    """`events[n]` is how many messages the n-th stream has heard; `statuses[n]` how it was answered."""

    def __init__(self, port: int, paths: list[str]):
        self.events, self.statuses = [0] * len(paths), [""] * len(paths)
        self._selector = selectors.DefaultSelector()
        self._stopping = threading.Event()
        for number, path in enumerate(paths):
            connection = socket.create_connection(("127.0.0.1", port), 30)
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            connection.setblocking(False)
            self._selector.register(connection, selectors.EVENT_READ, number)
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def heard(self) -> Iterator[tuple[int, str]]:
        return zip(self.events, self.statuses, strict=True)

    def _read(self) -> None:
        while not self._stopping.is_set():
            for key, _mask in self._selector.select(0.1):
                received = key.fileobj.recv(64 * 1024)
                if not received:
                    self._selector.unregister(key.fileobj)
                    key.fileobj.close()
                    continue
                if not self.statuses[key.data]:
                    self.statuses[key.data] = received.split(b" ", 2)[1].decode()
                self.events[key.data] += received.count(EVENT)

    def close(self) -> None:
        self._stopping.set()
        self._thread.join()
        for key in list(self._selector.get_map().values()):
            key.fileobj.close()
        self._selector.close()


@contextmanager
def listening(port: int, paths: list[str]) -> Iterator[Listeners]:
    listeners = Listeners(port, paths)
    try:
        yield listeners
    finally:
        listeners.close()
