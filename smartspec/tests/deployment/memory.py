"""How much memory each service holds while time goes by."""

import contextlib
import statistics
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

GROWTH = 1.10  # the last third may hold this much more than the first
LEAST = 4.0  # MB that are nothing


class Watch:
    """`services` names the process ids to look at now; a service is a process with all of its descendants."""

    def __init__(self, services: Callable[[], Mapping[str, int]], *, every: float):
        self.services, self.every = services, every
        self.samples: dict[str, list[float]] = defaultdict(
            list
        )  # MB of a process of that service, on average
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self.go_on, daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        self.stopping.set()
        self.thread.join(30)

    def go_on(self) -> None:
        while not self.stopping.wait(self.every):
            children = family()
            for name, pid in self.services().items():
                sizes = [size for each in descendants(pid, children) if (size := resident(each))]
                if sizes:
                    self.samples[name].append(sum(sizes) / len(sizes))

    def thirds(self) -> dict[str, tuple[float, float]]:
        """Medians of the first and of the last third, in MB."""
        found = {}
        for name, values in self.samples.items():
            third = len(values) // 3
            if third:
                first, last = statistics.median(values[:third]), statistics.median(values[-third:])
                found[name] = (round(first, 1), round(last, 1))
        return found


def is_flat(first: float, last: float) -> bool:
    return last <= max(first * GROWTH, first + LEAST)


def family() -> dict[int, list[int]]:
    """Children by parent, of all processes."""
    found = defaultdict(list)
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            found[int(stat.read_text().rpartition(")")[2].split()[1])].append(int(stat.parent.name))
    return found


def descendants(pid: int, children: Mapping[int, list[int]]) -> list[int]:
    return [pid, *(each for child in children.get(pid, ()) for each in descendants(child, children))]


def resident(pid: int) -> float:
    """MB, with an equal share of what several processes have in common; 0 when it is gone."""
    with contextlib.suppress(OSError, IndexError):
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        return int(text.split("Pss:", 1)[1].split()[0]) / 1024
    return 0.0
