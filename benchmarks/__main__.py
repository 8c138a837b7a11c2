"""script/bench: prepares the ground, then measures; exit code 1 when a promise is missed.

The rows need Django, and Django reads the ground when it starts: hence a process for each ground, and
in it two steps.
"""

import argparse
import subprocess
import sys

import django
from django.core.management import call_command

from benchmarks import ground
from benchmarks.plan import GROUNDS, PEERS, ROWS


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench", description="What it costs, and what it may cost.")
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"of {', '.join(ROWS)}; all when left out")
    parser.add_argument("--ground", choices=GROUNDS, help="only on this one")
    parser.add_argument("--peer", choices=PEERS, help="measure this one beside us; needs a package registry")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--profile", action="store_true", help="show where the time goes, missed or not")
    given = parser.parse_args()
    if unknown := set(given.rows) - set(ROWS):
        parser.error(f"no such row: {', '.join(sorted(unknown))}")
    return given


def main() -> None:
    given = arguments()
    if given.ground:
        measure(given)
        return
    codes = [subprocess.call([*sys.orig_argv, "--ground", name]) for name in GROUNDS]
    sys.exit(max(codes))


def measure(given: argparse.Namespace) -> None:
    wanted = given.rows or ([] if given.peer else list(ROWS))
    rows = [row for row, grounds in ROWS.items() if given.ground in grounds and row in wanted]
    if given.peer and given.ground in PEERS[given.peer]:
        rows.append(given.peer)
    if not rows:
        return
    is_whole = not given.rows and not given.peer
    chosen = {"rows": rows, "is_whole": is_whole, "rounds": given.rounds, "profile": given.profile}
    with ground.prepared(**GROUNDS[given.ground]) as prepared:
        django.setup()
        call_command("bench", ground=prepared, **chosen)


if __name__ == "__main__":
    main()
