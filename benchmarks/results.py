"""results.md: the newest figure of every row, each with the moment it was taken at."""

import re
from pathlib import Path

from benchmarks.table import HEAD, Line, drawn

RESULTS = Path(__file__).with_name("results.md")
INTRODUCTION = """# What it costs

`script/bench` measures and writes this file; `script/bench ROW` brings the figures of one row up to date.

- Processor time is that of the server's processes (and of PostgreSQL's and Redis's), user and system, per
  request. The ratio is to the yardstick in the same round: median, and least and most in brackets.
- The yardstick of a page is a constant template of equally many bytes, that of a submission an authenticated
  POST that inserts one row, that of a status poll an authenticated view that says hello: all in the same
  process, behind the same middleware, with the same key.
- The server is granian with one worker and one thread, alone on its core; the load comes from another core
  over four connections. The gallery shows 2,000 works, a third of them in Thai; pages are asked for at many
  different addresses and nothing is cached.
- Submissions come from 200 people with a task or two each, into a system that has room. PostgreSQL runs
  without fsync, SQLite as it is shipped.
- The growth of a process is its resident memory at the peak less that of the same process when idle.
- Figures by the second or minute are by the clock, on two cores and beside whatever else the machine did at
  that moment: the load beside them says how much. Processor time per piece is what that hardly changes.
"""


def keep(name: str, surroundings: str, lines: list[Line], *, is_whole: bool) -> None:
    """Put these lines into the section `name`: alone after a whole run, else in place of older ones."""
    written = RESULTS.read_text() if RESULTS.exists() else ""
    _introduction, *found = re.split(r"^## ", written, flags=re.MULTILINE)
    sections = dict(section.split("\n", 1) for section in found)
    rows = {} if is_whole else rows_of(sections.get(name, ""))
    rows |= {line.what: line.cells for line in lines}
    sections[name] = f"\n{surroundings}\n\n{drawn(list(rows.values()))}\n"
    parts = [f"## {title}\n{sections[title].rstrip()}\n" for title in sorted(sections, reverse=True)]
    RESULTS.write_text("\n".join([INTRODUCTION, *parts]))


def rows_of(section: str) -> dict[str, tuple[str, ...]]:
    """The rows of a section's table by what they tell."""
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    cells = [tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in lines[2:]]
    return {row[0]: row for row in cells if len(row) == len(HEAD)}
