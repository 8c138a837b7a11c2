"""What processes have cost so far, read from /proc (Linux)."""

import os
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
STAT_PARENT, STAT_TIMES = 1, slice(11, 15)  # fields behind the name: utime, stime, cutime, cstime


def stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def family(*roots: int) -> list[int]:
    """These processes and everything below them."""
    children = defaultdict(list)
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(FileNotFoundError, ProcessLookupError):
                children[int(stat(int(entry.name))[STAT_PARENT])].append(int(entry.name))
    found = list(roots)
    for pid in found:  # grows while it is walked
        found += children[pid]
    return found


def processor_seconds(*roots: int) -> float:
    """Time on a processor, user and system, of these families; children that have ended are counted."""
    ticks = 0
    for pid in family(*roots):
        with suppress(FileNotFoundError, ProcessLookupError):
            ticks += sum(int(word) for word in stat(pid)[STAT_TIMES])
    return ticks / TICKS_PER_SECOND


def memory_bytes(pid: int, field: str) -> int:
    """`VmRSS`, resident now, or `VmHWM`, the most since it was last forgotten."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        name, _colon, value = line.partition(":")
        if name == field:
            return int(value.split()[0]) * 1024
    raise ProcessLookupError(pid)


def forget_peak(pid: int) -> None:
    """Let VmHWM start anew from what is resident now."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")
