"""Measure on prepared ground; started by script/bench, never by hand."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack

from django.core.management.base import BaseCommand

from benchmarks import galleries, inside, results
from benchmarks.ground import Ground
from benchmarks.rows import ASKED, ROWS
from benchmarks.run import Run
from benchmarks.table import Line, as_table, surroundings


class Command(BaseCommand):
    help = "Measures; use script/bench."
    stealth_options = ("ground", "rows", "is_whole", "rounds", "profile")

    def handle(self, *, ground: Ground, rows: list[str], is_whole: bool, rounds: int, profile: bool, **rest):
        small_database = galleries.lay(ground.works)
        lines: list[Line] = []
        with ExitStack() as stack:
            run = Run(ground, rounds, stack, small_database)
            for row in rows:
                found = list(self.shown(ROWS[row](run)))
                lines += found
                if row in ASKED and (profile or not all(line.holds for line in found)):
                    self.stdout.write(f"\n{row}: {inside.profile(ASKED[row].requests)}")
        results.keep(ground.name, surroundings(rounds), lines, is_whole=is_whole)
        self.stdout.write(f"\n{ground.name}\n{surroundings(rounds)}\n\n{as_table(lines)}\n")
        if not all(line.holds for line in lines):
            sys.exit(1)

    def shown(self, lines: Iterator[Line]) -> Iterator[Line]:
        for line in lines:
            self.stderr.write(f"{line.what}: {line.shown} {line.verdict}")
            yield line
