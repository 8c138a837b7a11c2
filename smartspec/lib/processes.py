"""Programs as child processes: started, waited for, and ended whatever happens."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class NotReady(RuntimeError):
    """A program ended or stayed silent instead of getting ready; the text is the end of its log."""


class Process:
    """One program in a process group of its own, its output kept in `log`."""

    def __init__(
        self,
        command: list[str],
        *,
        log: Path,
        env: Mapping[str, str] | None = None,
        user: int | None = None,
        dies_by: int = signal.SIGTERM,
    ):
        self.log = unused(log)
        with self.log.open("wb") as output:
            self.popen = subprocess.Popen(
                leashed(command, dies_by=dies_by, user=user),
                cwd=ROOT,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self.popen.pid

    def text(self) -> str:
        return self.log.read_text(errors="replace")

    def wait_until(self, ready: Callable[[], object], *, seconds: float = 30) -> "Process":
        end = time.monotonic() + seconds
        while not ready():
            if self.popen.poll() is not None or time.monotonic() > end:
                raise NotReady(f"{self.popen.args}\n{self.text()[-3000:]}")
            time.sleep(0.02)
        return self

    def says(self, words: str, *, seconds: float = 30) -> "Process":
        return self.wait_until(lambda: words in self.text(), seconds=seconds)

    def answers(self, port: int, *, seconds: float = 30) -> "Process":
        return self.wait_until(lambda: is_open(port), seconds=seconds)

    def stop(self, number: int = signal.SIGTERM, *, seconds: float = 15) -> int:
        """Ask the program to end, then end its whole group; returns its exit code."""
        if self.popen.poll() is None:
            self.popen.send_signal(number)
        try:
            return self.popen.wait(seconds)
        except subprocess.TimeoutExpired:
            return self.kill()
        finally:
            self.kill()

    def kill(self) -> int:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        return self.popen.wait(10)


def leashed(command: list[str], *, dies_by: int = signal.SIGTERM, user: int | None = None) -> list[str]:
    """The same program, but ending with us; see smartspec.lib.leash."""
    leash = [sys.executable, "-m", "smartspec.lib.leash", str(os.getpid()), str(int(dies_by))]
    return [*leash, "-" if user is None else str(user), *command]


def unused(log: Path) -> Path:
    """`log`, or the same name with a number when an earlier process has written it."""
    log.parent.mkdir(parents=True, exist_ok=True)
    number, path = 1, log
    while path.exists():
        number, path = number + 1, log.with_stem(f"{log.stem}-{number + 1}")
    return path


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    """A port that nobody listens on; the caller binds it at once."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
