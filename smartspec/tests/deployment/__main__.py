"""`script/deploy-check`: production in the small, on this machine. Ends with 1 when a check did not hold."""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from smartspec.tests.deployment import long_run, one_machine, several_machines
from smartspec.tests.deployment.table import Table

QUICK = "quick"
PARTS: dict[str, Callable[[Path, Table], None]] = {
    "one-machine": one_machine.check,
    "several-machines": several_machines.check,
    QUICK: one_machine.check_quickly,
}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/deploy-check", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; all but the last by default"
    )
    parser.add_argument("--minutes", type=float, help="instead: mixed traffic for so long")
    parser.add_argument("--faults", action="store_true", help="with the mishaps of the fault suite")
    parser.add_argument("--keep", type=Path, help="an empty folder for everything, which then stays")
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    return given


def run(wanted: argparse.Namespace, folder: Path, table: Table) -> None:
    if wanted.minutes:
        part = folder / "long-run"
        part.mkdir()
        long_run.check(part, table, minutes=wanted.minutes, faults=wanted.faults)
        return
    for name in wanted.parts or [name for name in PARTS if name != QUICK]:
        print(f"\n{name}", flush=True)
        part = folder / name
        part.mkdir()
        PARTS[name](part, table)


def main() -> int:
    wanted, table, begun = arguments(), Table(), time.monotonic()
    folder = (wanted.keep or Path(tempfile.mkdtemp(prefix="smartspec-deploy-"))).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)  # PostgreSQL may have to run as somebody else
    try:
        run(wanted, folder, table)
    finally:
        if not wanted.keep:
            shutil.rmtree(folder, ignore_errors=True)
    held = sum(check.held is True for check in table.checks)
    print(f"\n{held} of {len(table.checks)} checks held, in {time.monotonic() - begun:.0f} s")
    return 0 if table.all_held() else 1


if __name__ == "__main__":
    sys.exit(main())
