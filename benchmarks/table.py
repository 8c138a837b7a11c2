"""What came out, held against what was promised."""

import os
import platform
import re
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from django.db import connection
from django.utils import timezone

PACKAGES = ("django", "djangorestframework", "jinja2", "granian", "psycopg", "pillow")
HEAD = ("what", "figure", "bar", "", "measured")


def moment() -> str:
    return f"{timezone.now():%m-%d %H:%M} UTC, load {os.getloadavg()[0]:.1f}"


@dataclass(frozen=True)
class Line:
    """One figure; `limit` is None where nothing was promised."""

    what: str
    found: float
    limit: float | None
    shown: str
    unit: str = ""
    at_least: bool = False
    measured: str = field(default_factory=moment)

    @property
    def holds(self) -> bool:
        if self.limit is None:
            return True
        return self.found >= self.limit if self.at_least else self.found <= self.limit

    @property
    def verdict(self) -> str:
        if self.limit is None:
            return ""
        return "met" if self.holds else "**not met**"

    @property
    def bar(self) -> str:
        if self.limit is None:
            return "none"
        return f"{'≥' if self.at_least else '≤'} {self.limit:g}{self.unit}"

    @property
    def cells(self) -> tuple[str, ...]:
        return self.what, self.shown, self.bar, self.verdict, self.measured


def as_table(lines: list[Line]) -> str:
    return drawn([line.cells for line in lines])


def drawn(rows: list[tuple[str, ...]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in [HEAD, ("---",) * len(HEAD), *rows])


def surroundings(rounds: int) -> str:
    software = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{rounds} rounds. {os.cpu_count()} × {processor()}, Linux {platform.release()}, "
        f"Python {platform.python_version()}, {database()}, {software}."
    )


def processor() -> str:
    found = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found[1] if found else platform.machine()


def database() -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            return f"SQLite {cursor.execute('SELECT sqlite_version()').fetchone()[0]}"
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0].split()[0]}"
