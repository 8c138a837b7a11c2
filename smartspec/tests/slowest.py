"""Name anew what script/test --fast leaves out: script/python -m smartspec.tests.slowest, after a whole run.

The slowest tests of the suite on SQLite go until the rest takes KEPT_SECONDS; a file goes whole when all of
its tests would. Run it after script/test on a quiet machine.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

from smartspec.lib.processes import ROOT
from smartspec.tests.variants import SLOW

TALLY = ROOT / "test-artifacts" / "tallies" / "sqlite.json"
KEPT_SECONDS = 60.0  # of two test processes together
HEADING = SLOW.read_text().splitlines()[0]
Seconds = dict[str, float]


def by_function(seconds: Seconds) -> Seconds:
    """What a test took with all of its parameters."""
    sums: Seconds = defaultdict(float)
    for test, took in seconds.items():
        sums[test.split("[")[0]] += took
    return sums


def slowest(seconds: Seconds, *, keep: float) -> set[str]:
    """The fewest functions without which the others take no more than `keep`."""
    rest, gone = sum(seconds.values()), set()
    for test in sorted(seconds, key=seconds.get, reverse=True):
        if rest <= keep:
            break
        rest -= seconds[test]
        gone.add(test)
    return gone


def lines(gone: set[str], known: Seconds) -> list[str]:
    """Files of which nothing is left, by their names alone."""
    files = {test.split("::")[0] for test in gone}
    left = {test.split("::")[0] for test in known if test not in gone}
    whole = files - left
    return sorted(whole | {test for test in gone if test.split("::")[0] not in whole})


def main(tally: str = str(TALLY)) -> None:
    seconds = by_function(json.loads(Path(tally).read_text())["seconds"])
    named = lines(slowest(seconds, keep=KEPT_SECONDS), seconds)
    SLOW.write_text("\n".join([HEADING, *named, ""]))
    print(f"{len(named)} lines in {SLOW.relative_to(ROOT)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
