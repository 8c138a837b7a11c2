"""Where tasks wait, are made by child processes and come out at the moment that seems natural."""

import contextlib
import heapq
import itertools
import json
import os
import queue
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable
from pathlib import Path

from .tasks import Task

PROJECT = Path(__file__).resolve().parents[2]
PACE = {"image": (1.0, 2.0), "video": (3.0, 5.0), "audio": (0.8, 1.2)}  # seconds at speed 1

Outcome = dict  # {"files": [...], "seconds": float} or {"code": "500", "msg": "…"}


class Easel:
    """One child process that makes one order after the other: a line of JSON in, a line of JSON out."""

    def __init__(self):
        self._child: subprocess.Popen | None = None
        self._lock = threading.Lock()
        self._closed = False

    def make(self, order: dict) -> Outcome:
        if not self._stand():
            return {"code": "500", "msg": "The studio is closing."}
        try:
            self._child.stdin.write(json.dumps(order) + "\n")
            self._child.stdin.flush()
            line = self._child.stdout.readline()
        except (OSError, ValueError):
            line = ""
        return json.loads(line) if line else {"code": "500", "msg": "The model server went away."}

    def _stand(self) -> bool:
        """A living child, unless the easel is closed."""
        with self._lock:
            if not self._closed and (self._child is None or self._child.poll() is not None):
                self._fold()
                self._child = self._start()
            return not self._closed

    def _start(self) -> subprocess.Popen:
        command = [sys.executable, "-m", "generation.sandbox.easel"]
        return subprocess.Popen(
            command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def close(self) -> None:
        with self._lock:
            self._closed = True
            if self._child is not None:
                self._child.kill()

    def _fold(self) -> None:
        if self._child is None:
            return
        self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout):
            with contextlib.suppress(OSError):
                pipe.close()

    def fold(self) -> None:
        """After the thread that used it has ended."""
        with self._lock:
            self._fold()


class Clock:
    """Calls a function at a moment of the monotonic clock, from one thread."""

    def __init__(self):
        self._due: list = []
        self._order = itertools.count()
        self._changed = threading.Condition()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def call_at(self, moment: float, function: Callable, *args) -> None:
        with self._changed:
            heapq.heappush(self._due, (moment, next(self._order), function, args))
            self._changed.notify()

    def stop(self) -> None:
        with self._changed:
            self._stopping = True
            self._changed.notify()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                if self._stopping:
                    return
                wait = self._due[0][0] - time.monotonic() if self._due else None
                if wait is None or wait > 0:
                    self._changed.wait(wait)
                    continue
                _moment, _number, function, args = heapq.heappop(self._due)
            function(*args)


class Studio:
    """`started(task)` and `finished(task, outcome)` are called on the studio's own threads."""

    def __init__(self, *, workers: int, speed: float, started: Callable, finished: Callable):
        self._speed = speed
        self._started, self._finished = started, finished
        self._waiting: queue.SimpleQueue = queue.SimpleQueue()
        self._stopping = False
        self._clock = Clock()
        self._easels = [Easel() for _ in range(workers)]
        self._threads = [
            threading.Thread(target=self._work, args=(easel,), daemon=True) for easel in self._easels
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, task: Task, kind: str, order: dict | None, outcome: Outcome | None) -> None:
        """A given `outcome` needs no work: it only takes its time."""
        ready = time.monotonic() + pace(task.id, kind) / self._speed + float(task.faults.get("slow", 0))
        self._waiting.put((task, order, outcome, ready))

    def stop(self) -> None:
        self._stopping = True
        for easel in self._easels:
            self._waiting.put(None)
            easel.close()
        for thread, easel in zip(self._threads, self._easels, strict=True):
            thread.join()
            easel.fold()
        self._clock.stop()

    def _work(self, easel: Easel) -> None:
        while (entry := self._waiting.get()) is not None and not self._stopping:
            task, order, outcome, ready = entry
            self._started(task)
            outcome = outcome or easel.make(order)
            if not self._stopping:
                self._clock.call_at(ready, self._finished, task, outcome)


def pace(task_id: str, kind: str) -> float:
    """Seconds that the work seems to take, the same for the same task."""
    low, high = PACE[kind]
    return low + (high - low) * (zlib.crc32(task_id.encode()) / 0xFFFFFFFF)


def results_name(task_id: str, extension: str, number: int = 0) -> str:
    return f"{task_id}_{number}.{extension}"


def order_for(order: dict, task: Task, results: Path, *, sketch: bool) -> dict:
    """The order with the model, on which the dice depend too, and the place for the result."""
    name = results_name(task.id, order["extension"])
    return order | {"model": task.model, "name": name, "path": os.fspath(results / name), "sketch": sketch}
