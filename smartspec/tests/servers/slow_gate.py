"""A door in front of a server: questions pass at once, answers come late."""

import contextlib
import socket
import threading
import time


class SlowGate:
    """Passes connections to its own port on to `port`; every answer waits `delay` seconds."""

    def __init__(self, port: int, *, delay: float):
        self.target = port
        self.delay = delay
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]

    def __enter__(self) -> "SlowGate":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.door.shutdown(socket.SHUT_RDWR)
        self.door.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # the door was closed
            while True:
                guest, _address = self.door.accept()
                threading.Thread(target=self._pass_on, args=(guest,), daemon=True).start()

    def _pass_on(self, guest: socket.socket) -> None:
        with guest, socket.create_connection(("127.0.0.1", self.target)) as server:
            questions = threading.Thread(target=pump, args=(guest, server, 0), daemon=True)
            questions.start()
            pump(server, guest, self.delay)
            questions.join()


def pump(source: socket.socket, sink: socket.socket, delay: float) -> None:
    """Everything from one to the other until either side is gone."""
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            time.sleep(delay)
            sink.sendall(data)
    for side in (source, sink):
        with contextlib.suppress(OSError):
            side.shutdown(socket.SHUT_RDWR)
