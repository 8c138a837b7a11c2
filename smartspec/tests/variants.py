"""Which tests belong to this database and this storage, which are slow, and which ones ran: a pytest plugin.

A test marked `postgres_only(reason)` and so on is left out elsewhere, never skipped. With
TEST_TALLY=PATH the run leaves {"passed", "failed", "skipped": [test], "left_out": {test: reason},
"seconds": {test: with its set-up}} there.
"""

import json
import os
from functools import lru_cache
from pathlib import Path

import pytest

from smartspec.tests.servers import bucket, surroundings

ELSEWHERE = {
    "sqlite_only": lambda: surroundings.database() != "sqlite",
    "postgres_only": lambda: surroundings.database() != "postgres",
    "local_only": lambda: surroundings.storage() != "local",
    "s3_only": lambda: surroundings.storage() == "local",
    "stand_in_only": lambda: surroundings.storage() != "s3",
    "bucket_only": lambda: surroundings.storage() != "bucket",
}


SLOW = Path(__file__).with_name("slow.txt")  # files, and single tests by their names
FOUND_BY_WORD = ("processes", "browser")  # script/test reads only the files where `mark.…` stands


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    slow = {line for line in SLOW.read_text().splitlines() if line and not line.startswith("#")}
    for item in items:
        if slow & {item.nodeid.split("::")[0], item.nodeid.split("[")[0]}:
            item.add_marker(pytest.mark.slow)
        for name in FOUND_BY_WORD:
            if item.get_closest_marker(name) and f"mark.{name}" not in text_of(item.path):
                raise pytest.UsageError(f"{item.nodeid}: “mark.{name}” must stand in its own file")


@lru_cache
def text_of(path: Path) -> str:
    return path.read_text()


class Tally:
    def __init__(self):
        self.outcomes: dict[str, str] = {}
        self.left_out: dict[str, str] = {}
        self.seconds: dict[str, float] = {}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config, items: list[pytest.Item]) -> None:
        gone = [item for item in items if self.belongs_elsewhere(item)]
        config.hook.pytest_deselected(items=gone)
        items[:] = [item for item in items if item not in gone]

    def belongs_elsewhere(self, item: pytest.Item) -> bool:
        for name, is_elsewhere in ELSEWHERE.items():
            marker = item.get_closest_marker(name)
            if marker and is_elsewhere():
                self.left_out[item.nodeid] = f"{name}: {reason_of(marker)}"
                return True
        return False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test has passed when its call did and neither setup nor teardown failed."""
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0) + report.duration
        tells = report.when == "call" or not report.passed
        if tells and self.outcomes.get(report.nodeid) != "failed":
            self.outcomes[report.nodeid] = report.outcome

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.outcomes[report.nodeid] = "failed"

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node, error) -> None:
        self.left_out.update(getattr(node, "workeroutput", {}).get("left_out", {}))

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["left_out"] = self.left_out
        elif path := os.environ.get("TEST_TALLY"):
            Path(path).write_text(json.dumps(self.told(), indent=1))

    def told(self) -> dict:
        lists = {
            outcome: sorted(test for test, its in self.outcomes.items() if its == outcome)
            for outcome in ("passed", "failed", "skipped")
        }
        return lists | {"left_out": self.left_out, "seconds": self.seconds}


def reason_of(marker: pytest.Mark) -> str:
    reason = marker.kwargs.get("reason") or (marker.args[0] if marker.args else "")
    if not reason:
        raise pytest.UsageError(f"{marker.name} needs a reason")
    return reason


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    if surroundings.storage() == "bucket":  # the one address outside this machine that tests may reach
        config.option.allow_hosts = f"{config.option.allow_hosts},{bucket.host()}"
    config.pluginmanager.register(Tally(), "tally")
