"""script/bench: prepares the ground, then measures; exit code 1 when a promise is missed.

The rows need Django, and Django reads the ground when it starts: hence two steps.
"""

import argparse

import django
from django.core.management import call_command

from benchmarks import ground

ROWS = ("store", "list", "category", "work", "api", "submit")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench", description="What it costs, and what it may cost.")
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"of {', '.join(ROWS)}; all when left out")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL instead of SQLite")
    parser.add_argument("--s3", action="store_true", help="on an S3 server instead of local files")
    parser.add_argument("--profile", action="store_true", help="show where the time goes, missed or not")
    given = parser.parse_args()
    if unknown := set(given.rows) - set(ROWS):
        parser.error(f"no such row: {', '.join(sorted(unknown))}")
    return given


def main() -> None:
    given = arguments()
    rows = [row for row in ROWS if row in given.rows or not given.rows]
    chosen = {"rows": rows, "is_whole": not given.rows, "rounds": given.rounds, "profile": given.profile}
    with ground.prepared(on_postgres=given.postgres, on_s3=given.s3) as prepared:
        django.setup()
        call_command("bench", ground=prepared, **chosen)


if __name__ == "__main__":
    main()
