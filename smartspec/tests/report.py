"""What a whole test run amounts to: python -m smartspec.tests.report FOLDER [BROKEN PART…].

FOLDER holds one tally per part of the run; a broken part without a failed test of its own (a style
check, a suite that could not start) counts as one failure.

Says how many tests ran where, which were left out and why, and checks that the rooms' suites are the
same on both databases and the storage suite the same on both storages. Ends with 1 when they are not.
"""

import json
import sys
from pathlib import Path

ROOMS = ("accounts/", "generation/", "storage_app/", "gallery/")
PLACES = {  # what is said: the parts that count
    "on SQLite": ["sqlite", "worker-sqlite"],
    "on PostgreSQL": ["postgres", "worker-postgres"],
    "on S3": ["s3"],
    "in the browser": ["browser", "browser-postgres-s3"],
}
TWINS = [("sqlite", "postgres", ROOMS), ("sqlite", "s3", ("storage_app/",))]
SHOWN = 10  # differences of one pair; a suite that could not start differs in hundreds
Tallies = dict[str, dict]


def read(folder: Path) -> Tallies:
    return {path.stem: json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))}


def count(tallies: Tallies, outcome: str) -> int:
    return sum(len(tally[outcome]) for tally in tallies.values())


def known(tally: dict, folders: tuple[str, ...]) -> set[str]:
    """Every test of these folders that ran or was left out for a reason."""
    tests = [*tally["passed"], *tally["failed"], *tally["skipped"], *tally["left_out"]]
    return {test for test in tests if test.startswith(folders)}


def differences(tallies: Tallies) -> list[str]:
    """Tests that one part of a pair ran and the other does not even know."""
    found = []
    for one, other, folders in TWINS:
        if one in tallies and other in tallies:
            apart = sorted(known(tallies[one], folders) ^ known(tallies[other], folders))
            where = f"on one of {one} and {other} only, without a reason"
            found += [f"{test} ran {where}" for test in apart[:SHOWN]]
            found += [f"… and {len(apart) - SHOWN} more {where}"] if len(apart) > SHOWN else []
    return found


def lines(tallies: Tallies) -> list[str]:
    told = []
    for place, parts in PLACES.items():
        here = {part: tallies[part] for part in parts if part in tallies}
        told += [f"{count(here, 'passed'):6} {place}"] if here else []
    for part, tally in tallies.items():
        told += left_out(part, tally)
        told += [f"skipped in {part}: {test}" for test in tally["skipped"]]
        told += [f"FAILED in {part}: {test}" for test in tally["failed"]]
    return [*told, *differences(tallies)]


def left_out(part: str, tally: dict) -> list[str]:
    """One line per file and reason; a test that stands alone is named."""
    groups: dict[tuple[str, str], list[str]] = {}
    for test, why in tally["left_out"].items():
        groups.setdefault((test.split("::")[0], why), []).append(test)
    return [
        f"left out in {part}: {tests[0] if len(tests) == 1 else f'{len(tests)} tests of {file}'} ({why})"
        for (file, why), tests in groups.items()
    ]


def main(folder: str, *broken: str) -> int:
    tallies = read(Path(folder))
    untold = [part for part in broken if not tallies.get(part, {}).get("failed")]
    failed = count(tallies, "failed") + len(untold)
    print("\n".join(["", "Tests that ran", *lines(tallies), *(f"BROKEN: {part}" for part in untold), ""]))
    print(f"{count(tallies, 'passed')} passed, {failed} failed")
    return 1 if failed or differences(tallies) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
