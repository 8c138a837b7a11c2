"""Memory: what the web process grows by while somebody sends it a film of 100 MB."""

import http.client
import json
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import accounting
from benchmarks.accounting import memory_bytes
from benchmarks.buyers import buyers
from benchmarks.contest import Unexpected
from benchmarks.film import write_film
from benchmarks.ground import web
from benchmarks.run import Run
from benchmarks.storing import MEGABYTE, MOST_GROWTH, SETTLED
from benchmarks.table import Line

FILM = 100 * MEGABYTE
MARK = "a-mark-between-the-parts"
HEAD = (
    f"--{MARK}\r\n"
    'Content-Disposition: form-data; name="file"; filename="film.mp4"\r\n'
    "Content-Type: video/mp4\r\n\r\n"
).encode()
TAIL = f"\r\n--{MARK}--\r\n".encode()
SMALL = MEGABYTE  # sent first: what happens once per process is no growth by size


def lines(run: Run) -> Iterator[Line]:
    film, small = run.ground.folder / "film.mp4", run.ground.folder / "small.mp4"
    write_film(film, size=FILM)
    write_film(small, size=SMALL)
    with web(run.ground) as (port, pid):
        send(port, small)
        time.sleep(SETTLED)
        process = largest(accounting.family(pid))
        idle = memory_bytes(process, "VmRSS")
        accounting.forget_peak(process)
        send(port, film)
        peak = memory_bytes(process, "VmHWM")
    growth = (peak - idle) / MEGABYTE
    shown = f"{growth:.1f} MB, from {idle / MEGABYTE:.0f} to {peak / MEGABYTE:.0f} MB"
    yield Line("an upload of 100 MB: growth of the web process", growth, MOST_GROWTH, shown, " MB")


def largest(pids: list[int]) -> int:
    """The process that serves, among the server's own and the decoding child."""
    serving = [pid for pid in pids if b"granian" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    return max(serving, key=lambda pid: memory_bytes(pid, "VmRSS"))


def send(port: int, film: Path) -> None:
    _buyer, secret = buyers()[0]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    size = len(HEAD) + film.stat().st_size + len(TAIL)
    connection.putrequest("POST", "/api/v1/storage/upload")
    connection.putheader("X-API-Key", secret)
    connection.putheader("Content-Type", f"multipart/form-data; boundary={MARK}")
    connection.putheader("Content-Length", str(size))
    connection.endheaders()
    connection.send(HEAD)
    with film.open("rb") as content:
        connection.send(content)
    connection.send(TAIL)
    answer = connection.getresponse()
    said = json.load(answer)
    connection.close()
    if answer.status != 201:
        raise Unexpected(f"upload: {answer.status} {said}")
