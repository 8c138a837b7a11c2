"""A warm child process for work on foreign bytes: it may crash, hang or grow, and we only lose the child.

The child is `python -m <module>`: it limits itself (memory, processor time) and answers one line of JSON
per line of JSON. It gets none of our environment, so there is nothing in it worth stealing.
"""

import atexit
import json
import os
import select
import subprocess
import sys
import threading
import time
from pathlib import Path

ENVIRONMENT = {
    "MALLOC_ARENA_MAX": "2",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "LANG": "C.UTF-8",
}


class ChildFailed(Exception):
    """The child died or was killed before it answered."""


class OutOfTime(ChildFailed):
    """The child had not answered when its time was over."""


class WarmChild:
    """One child per process, used by one thread at a time, replaced when it fails or has worked enough."""

    def __init__(self, module: str, *, folder: Path, memory_bytes: int, jobs: int = 200):
        self._command = [sys.executable, "-m", module, str(memory_bytes)]
        self._folder = folder
        self._jobs = jobs
        self._lock = threading.Lock()
        self._child: subprocess.Popen | None = None
        self._owner = 0  # process id: after a fork the child is our parent's, not ours
        self._done = 0
        atexit.register(self.close)
        os.register_at_fork(after_in_child=self._forget)

    def ask(self, request: dict, *, seconds: float) -> dict:
        """The child's answer; raises ChildFailed after a second try, OutOfTime at once.

        The second try is for a child that somebody else shot; a file that kills kills twice.
        """
        with self._lock:
            try:
                return self._exchange(request, seconds)
            except OutOfTime:
                raise
            except ChildFailed:
                return self._exchange(request, seconds)

    def close(self) -> None:
        child, self._child = self._child, None
        if child is not None and self._owner == os.getpid():
            child.kill()
            child.stdin.close()
            child.stdout.close()
            child.wait()

    def _exchange(self, request: dict, seconds: float) -> dict:
        child = self._ready_child()
        try:
            child.stdin.write(json.dumps(request | {"seconds": seconds}).encode() + b"\n")
            child.stdin.flush()
            reply = json.loads(self._read_line(child, time.monotonic() + seconds))
        except OutOfTime:
            self.close()
            raise
        except (OSError, ValueError, ChildFailed) as error:
            self.close()
            raise ChildFailed(str(error)) from error
        self._done += 1
        return reply

    def _ready_child(self) -> subprocess.Popen:
        worn_out = self._done >= self._jobs
        if self._child is not None and (worn_out or self._child.poll() is not None):
            self.close()
        if self._child is None:
            self._child = subprocess.Popen(
                self._command,
                cwd=self._folder,
                env=ENVIRONMENT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
            self._owner, self._done = os.getpid(), 0
        return self._child

    def _read_line(self, child: subprocess.Popen, deadline: float) -> bytes:
        descriptor = child.stdout.fileno()
        poll = select.poll()
        poll.register(descriptor, select.POLLIN | select.POLLHUP)
        line = b""
        while not line.endswith(b"\n"):
            left = deadline - time.monotonic()
            if left <= 0 or not poll.poll(left * 1000):
                raise OutOfTime("no answer in time")
            chunk = os.read(descriptor, 65536)
            if not chunk:
                raise ChildFailed("ended without an answer")
            line += chunk
        return line

    def _forget(self) -> None:
        """In a forked process: let go of the parent's child and of a lock that a thread may have held."""
        self._lock = threading.Lock()
        if self._child is not None:
            self._child.returncode = 0  # not ours to wait for
            self._child.stdin.close()
            self._child.stdout.close()
            self._child = None
