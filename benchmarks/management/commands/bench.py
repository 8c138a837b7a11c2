"""Measure on prepared ground; started by script/bench, never by hand."""

import sys
from collections.abc import Iterator

from django.core.management import call_command
from django.core.management.base import BaseCommand

from benchmarks import exhibition, inside, storing, table
from benchmarks.contest import Host
from benchmarks.ground import Ground, web
from benchmarks.orders import Submission
from benchmarks.pages import PAGES
from benchmarks.table import Line

SERVED = {**PAGES, "submit": Submission()}


class Command(BaseCommand):
    help = "Measures; use script/bench."
    stealth_options = ("ground", "rows", "is_whole", "rounds", "profile")

    def handle(self, *, ground: Ground, rows: list[str], is_whole: bool, rounds: int, profile: bool, **rest):
        lay(ground)
        served, lines = [row for row in rows if row in SERVED], []
        if "store" in rows:  # first: it needs a queue without anything else in it
            lines += self.shown(storing.lines(ground))
        if served:
            with web(ground) as (port, pid):
                host = Host(port, (pid, *ground.postgres_pids))
                for row in served:
                    lines += self.shown(SERVED[row].lines(host, rounds))
        for row in served:
            if profile or self.missed(SERVED[row].what, lines):
                self.stdout.write(f"\n{row}: {inside.profile(SERVED[row].requests)}")
        text = f"{table.surroundings(rounds)}\n\n{table.as_table(lines)}"
        if is_whole:
            table.keep(ground.name, text)
        self.stdout.write(f"\n{ground.name}\n{text}\n")
        if not all(line.holds for line in lines):
            sys.exit(1)

    def shown(self, lines: Iterator[Line]) -> Iterator[Line]:
        for line in lines:
            self.stderr.write(f"{line.what}: {line.shown} {line.verdict}")
            yield line

    @staticmethod
    def missed(what: str, lines: list[Line]) -> bool:
        return any(line.what.startswith(what) and not line.holds for line in lines)


def lay(ground: Ground) -> None:
    call_command("migrate", verbosity=0)
    call_command("migrate", run_syncdb=True, verbosity=0)  # the yardstick's own table, which needs users
    call_command("collectstatic", interactive=False, verbosity=0)
    exhibition.hang()
