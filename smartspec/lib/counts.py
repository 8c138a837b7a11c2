"""What a process counts while it works, for Prometheus; METRICS_DIR keeps it where others can read it."""

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from prometheus_client import CollectorRegistry
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector

OWN = CollectorRegistry()
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Joined:
    """The counts of every process that writes into these folders, the dead ones included."""

    def __init__(self, folders: Iterable[str]):
        self.folders = list(folders)

    def collect(self) -> Iterator[Metric]:
        files = [file for folder in self.folders for file in glob.glob(f"{folder}/*.db")]
        return MultiProcessCollector.merge([file for file in files if is_told(Path(file))], accumulate=True)


def is_told(file: Path) -> bool:
    """What a process holds at the moment is told while it lives only."""
    if not file.name.startswith("gauge_live"):
        return True
    return os.path.exists(f"/proc/{file.stem.rpartition('_')[2]}")


def counted() -> CollectorRegistry:
    """Of this process; with METRICS_DIR, of all that share the folder, and of those in METRICS_BESIDE."""
    if not settings.METRICS_DIR:
        return OWN
    together = CollectorRegistry()
    together.register(Joined([settings.METRICS_DIR, *settings.METRICS_BESIDE]))
    return together
