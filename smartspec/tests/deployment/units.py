"""How the house is run is written once, in deploy/*.service: this reads it and starts just that elsewhere."""

import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from smartspec.lib.processes import ROOT

PROGRAMS = {
    "/srv/smartspec/.venv/bin/granian": [sys.executable, "-m", "granian"],
    "/srv/smartspec/.venv/bin/python": [sys.executable],
}
LOOPBACK = "127.0.0.1"


@dataclass
class Unit:
    name: str
    start: list[str]
    stop: list[str] = field(default_factory=list)  # before SIGTERM; empty: none
    environment: dict[str, str] = field(default_factory=dict)
    patience: float = 30  # seconds after SIGTERM

    def option(self, name: str) -> str:
        return self.start[self.start.index(name) + 1]


def read(name: str) -> Unit:
    """As it stands in the file; "web@8000" is the instance 8000 of smartspec-web@.service."""
    title, at, instance = name.partition("@")
    text = (ROOT / "deploy" / f"smartspec-{title}{at}.service").read_text().replace("%i", instance)
    unit = Unit(name, [])
    for line in text.splitlines():
        key, _is, value = line.partition("=")
        if key == "ExecStart":
            unit.start = shlex.split(value)
        elif key == "ExecStop":
            unit.stop = shlex.split(value)
        elif key == "Environment":
            variable, _is, word = value.partition("=")
            unit.environment[variable] = word
        elif key == "TimeoutStopSec":
            unit.patience = float(value)
    return unit


def settled(unit: Unit, *, folder: Path, host: str = LOOPBACK, port: int | None = None) -> Unit:
    """The same in a folder of its own instead of /run and /var/lib, with our Python, at another address."""
    places = {"/run/": f"{folder}/run/", "/var/lib/": f"{folder}/lib/"}
    start = [*PROGRAMS[unit.start[0]], *unit.start[1:]]
    if port:
        start[start.index("--port") + 1] = str(port)
        start[start.index("--host") + 1] = host
    moved = {name: replaced(value, places) for name, value in unit.environment.items()}
    stop = [replaced(word, places) for word in unit.stop]
    return Unit(unit.name, start, stop, moved, unit.patience)


def replaced(text: str, words: Mapping[str, str]) -> str:
    for old, new in words.items():
        text = text.replace(old, new)
    return text
