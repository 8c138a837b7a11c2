"""Jobs and sweeps that leave their traces in a file, one line each."""

import os
import signal
import time
from pathlib import Path


def write(path: str, line: str) -> None:
    with Path(path).open("a") as file:
        file.write(f"{line}\n")


def lines(path: str | Path) -> list[str]:
    return Path(path).read_text().split("\n")[:-1] if Path(path).exists() else []


def note(path: str, line: str = "done") -> None:
    write(path, line)


def take_time(path: str, seconds: str) -> None:
    write(path, "begun")
    time.sleep(float(seconds))
    write(path, "done")


def be_stuck(path: str) -> None:
    """Deaf to everything that can be ignored."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT, signal.SIGALRM})
    take_time(path, "600")


def kill_its_process(path: str) -> None:
    write(path, "begun")
    os.kill(os.getpid(), signal.SIGKILL)


def fail(path: str) -> None:
    write(path, "begun")
    raise ValueError("this errand always fails")


def sweep_nothing(limit: int) -> int:
    return 0


def broken_sweep(limit: int) -> int:
    raise RuntimeError("this sweep is broken")


def keep_sweeping(limit: int) -> int:
    """Work without end."""
    write(os.environ["SWEEP_TRACES"], "swept")
    return limit
