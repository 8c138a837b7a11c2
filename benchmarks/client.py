"""The load: a program of its own on its own core. Reads a job as JSON, prints what came back.

It keeps a few connections and one request on each, so that the server is never idle and never buried.
"""

import itertools
import json
import socket
import sys
import time
from typing import NamedTuple

CONNECTIONS = 4
PATIENCE = 30.0  # seconds for one answer
BODILESS = ("204", "304")


class Seen(NamedTuple):
    requests: int
    bytes: int
    statuses: dict[str, int]


def as_bytes(method: str, path: str, headers: dict[str, str], body: str) -> bytes:
    content = body.encode()
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    lines.append(f"Content-Length: {len(content)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def answer(connection: socket.socket) -> tuple[str, int]:
    """Status and length of the next answer; the body is read and dropped."""
    received = bytearray()
    while (end := received.find(b"\r\n\r\n")) < 0:
        received += some(connection)
    head = bytes(received[:end]).decode("latin-1").lower()
    status = head.split(" ", 2)[1]
    length = 0 if status in BODILESS else int(head.partition("\r\ncontent-length:")[2].partition("\r\n")[0])
    missing = end + 4 + length - len(received)
    while missing > 0:
        missing -= len(some(connection))
    return status, length


def some(connection: socket.socket) -> bytes:
    received = connection.recv(64 * 1024)
    if not received:
        raise ConnectionError("the server hung up")
    return received


def run(*, port: int, requests: list[list], count: int, seconds: float) -> Seen:
    """Ask `count` times, from the first request to the last and round again, for `seconds` at most."""
    queue = itertools.cycle([as_bytes(*request) for request in requests])
    connections = [
        socket.create_connection(("127.0.0.1", port), PATIENCE) for _ in range(min(CONNECTIONS, count))
    ]
    statuses: dict[str, int] = {}
    ends_at, asked, size = time.monotonic() + seconds, 0, 0
    waiting = []
    for connection in connections:
        connection.sendall(next(queue))
        waiting.append(connection)
        asked += 1
    while waiting:
        connection = waiting.pop(0)
        status, length = answer(connection)
        statuses[status] = statuses.get(status, 0) + 1
        size += length
        if asked < count and time.monotonic() < ends_at:
            connection.sendall(next(queue))
            waiting.append(connection)
            asked += 1
    for connection in connections:
        connection.close()
    return Seen(asked, size, statuses)


if __name__ == "__main__":
    print(json.dumps(run(**json.load(sys.stdin))._asdict()))
