"""What came out, held against what was promised."""

import os
import platform
import re
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from django.db import connection
from django.utils import timezone

RESULTS = Path(__file__).with_name("results.md")
PACKAGES = ("django", "djangorestframework", "jinja2", "granian", "psycopg")
INTRODUCTION = """# What it costs

`script/bench` measures and writes this file.

- Processor time is that of the server's processes (and of PostgreSQL's), user and system, per request. The
  ratio is to the yardstick in the same round; median over the rounds, least and most in brackets.
- The yardstick of a page is a constant template of equally many bytes, that of a submission an authenticated
  POST that inserts one row: both in the same process, behind the same middleware.
- The server is granian with one worker and one thread, alone on its core; the load comes from another core
  over four connections. The gallery shows 2,000 works, a third of them in Thai; pages are asked for at many
  different addresses and nothing is cached.
- Submissions come from 200 people with a task or two each, into a system that has room. PostgreSQL runs
  without fsync, SQLite as it is shipped.
- The growth of the worker is its resident memory at the peak less that of the same worker when idle.
"""


@dataclass(frozen=True)
class Line:
    """One figure; `limit` is None where nothing was promised."""

    what: str
    found: float
    limit: float | None
    shown: str
    unit: str = ""

    @property
    def holds(self) -> bool:
        return self.limit is None or self.found <= self.limit

    @property
    def verdict(self) -> str:
        if self.limit is None:
            return ""
        return "holds" if self.holds else "**missed**"

    @property
    def target(self) -> str:
        return "none" if self.limit is None else f"≤ {self.limit:g}{self.unit}"


def as_table(lines: list[Line]) -> str:
    rows = [(line.what, line.shown, line.target, line.verdict) for line in lines]
    rows = [("what", "figure", "target", ""), ("---",) * 4, *rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def surroundings(rounds: int) -> str:
    software = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{timezone.now():%Y-%m-%d %H:%M} UTC, {rounds} rounds, load {os.getloadavg()[0]:.1f}. "
        f"{os.cpu_count()} × {processor()}, Linux {platform.release()}, Python {platform.python_version()}, "
        f"{database()}, {software}."
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


def keep(name: str, text: str) -> None:
    """Put `text` into results.md as the section `name`, in the place of an older one."""
    written = RESULTS.read_text() if RESULTS.exists() else INTRODUCTION
    _introduction, *sections = re.split(r"^## ", written, flags=re.MULTILINE)
    kept = dict(section.split("\n", 1) for section in sections)
    kept[name] = f"\n{text}\n"
    parts = [f"## {title}\n{kept[title].rstrip()}\n" for title in sorted(kept, reverse=True)]
    RESULTS.write_text("\n".join([INTRODUCTION, *parts]))
