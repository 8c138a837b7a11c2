"""Which tests belong to this database and this storage, and how many ran: a pytest plugin.

A test marked `postgres_only(reason)` and so on is left out elsewhere, never skipped. With
TEST_TALLY=PATH the run leaves {"passed", "failed", "left_out": {test: reason}} there.
"""

import json
import os
from collections import Counter
from pathlib import Path

import pytest

from smartspec.tests.servers import surroundings

ELSEWHERE = {
    "sqlite_only": lambda: surroundings.database() != "sqlite",
    "postgres_only": lambda: surroundings.database() != "postgres",
    "local_only": lambda: surroundings.storage() != "local",
    "s3_only": lambda: surroundings.storage() != "s3",
}


class Tally:
    def __init__(self):
        self.counts: Counter[str] = Counter()
        self.left_out: dict[str, str] = {}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config, items: list[pytest.Item]) -> None:
        kept = [item for item in items if not self.belongs_elsewhere(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept

    def belongs_elsewhere(self, item: pytest.Item) -> bool:
        for name, is_elsewhere in ELSEWHERE.items():
            marker = item.get_closest_marker(name)
            if marker and is_elsewhere():
                self.left_out[item.nodeid] = f"{name}: {reason_of(marker)}"
                return True
        return False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.counts["failed"] += 1
        elif report.skipped:
            self.counts["skipped"] += 1
        elif report.when == "call":
            self.counts["passed"] += 1

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node, error) -> None:
        self.left_out.update(getattr(node, "workeroutput", {}).get("left_out", {}))

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["left_out"] = self.left_out
        elif path := os.environ.get("TEST_TALLY"):
            names = ("passed", "failed", "skipped")
            told = {name: self.counts[name] for name in names} | {"left_out": self.left_out}
            Path(path).write_text(json.dumps(told))


def reason_of(marker: pytest.Mark) -> str:
    reason = marker.kwargs.get("reason") or (marker.args[0] if marker.args else "")
    if not reason:
        raise pytest.UsageError(f"{marker.name} needs a reason")
    return reason


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Tally(), "tally")
