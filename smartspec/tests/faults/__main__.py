"""Real processes under fire, then calm, then the questions: `script/test faults`.

Prints what was done and found as JSON; ends with 1 when a promise was broken.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from smartspec.lib.processes import ROOT
from smartspec.tests.faults.callers import Callers
from smartspec.tests.faults.installation import Installation
from smartspec.tests.faults.listener import Listener
from smartspec.tests.faults.nemesis import Nemesis
from smartspec.tests.faults.rows import Rows

LONGEST = 3600.0  # seconds of fire
QUIET_WITHIN = 150.0  # seconds: a deadline, and what a killed worker held just before it
# a message that was refused three times waits for minutes, as it should
STILL_AT_WORK = """
    SELECT (SELECT count(*) FROM generation_tasks WHERE status IN ('pending', 'processing'))
         + (SELECT count(*) FROM storage_assets WHERE due_at IS NOT NULL)
         + (SELECT count(*) FROM generation_webhook_deliveries WHERE due_at IS NOT NULL AND attempts < 3) AS n
"""


def arguments() -> argparse.Namespace:
    formatter = argparse.ArgumentDefaultsHelpFormatter
    parser = argparse.ArgumentParser(prog="script/test faults", formatter_class=formatter)
    parser.add_argument("--tasks", type=int, default=2000, help="how many to order")
    parser.add_argument("--mishaps", type=int, default=500, help="at least, spread over the tasks")
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="postgres", help="which")
    parser.add_argument("--broker", choices=["orm", "redis"], default="redis", help="of wake-ups")
    parser.add_argument("--pace", type=float, default=0.7, help="mean seconds between two mishaps")
    parser.add_argument("--crash-rate", type=float, default=0.004, help="at each crash point")
    parser.add_argument("--longest", type=float, default=LONGEST, help="seconds of fire")
    parser.add_argument("--seed", type=int, help="of the choices that are ours")
    parser.add_argument("--keep", type=Path, help="an empty folder for everything, which then stays")
    return parser.parse_args()


class Campaign:
    def __init__(self, folder: Path, wanted: argparse.Namespace):
        self.folder, self.wanted = folder, wanted
        self.product = Installation(
            folder, database=wanted.database, broker=wanted.broker, crash_rate=wanted.crash_rate
        )
        self.nemesis = Nemesis(self.product)
        self.rows = Rows(self.product.env["DATABASE_URL"])
        self.listener = Listener(folder / "heard.jsonl")

    def run(self) -> dict:
        self.product.open()
        callers = Callers(
            self.product.from_callers.port,
            self.product.keys,
            wanted=self.wanted.tasks,
            accepted=self.folder / "accepted.jsonl",
            rows=self.rows,
            webhook_url=self.listener.url,
        )
        begun = time.monotonic()
        self.nemesis.begin()
        callers.start()
        for_each = self.wanted.tasks / self.wanted.mishaps
        while not callers.is_done() and time.monotonic() - begun < self.wanted.longest:
            callers.allow(for_each)
            time.sleep(random.expovariate(1 / self.wanted.pace))
            self.nemesis.act()
        fire = time.monotonic() - begun
        self.nemesis.end()
        callers.stop()
        self.listener.calm = True
        quiet = self.wait_for_quiet()
        self.product.close()
        self.listener.close()
        return self.report(callers, fire, quiet)

    def wait_for_quiet(self) -> float:
        """Seconds until nothing was left to do, or QUIET_WITHIN."""
        begun = time.monotonic()
        while (waited := time.monotonic() - begun) < QUIET_WITHIN:
            if self.rows.one(STILL_AT_WORK)["n"] == 0:
                break
            time.sleep(0.5)
        return waited

    def report(self, callers: Callers, fire: float, quiet: float) -> dict:
        self.product.write_facts()
        checker = [sys.executable, "-m", "smartspec.tests.faults.checker", str(self.folder)]
        done = subprocess.run(checker, cwd=ROOT, capture_output=True, text=True, check=False)
        if not done.stdout:
            raise RuntimeError(done.stderr)
        faults = self.faults()
        return {
            "database": self.wanted.database,
            "broker": self.wanted.broker,
            "seconds": round(fire),
            "quiet_after": round(quiet, 1),
            "answers": dict(callers.answers),
            "restarts": dict(self.product.restarts),
            "faults": {kind: dict(counts.most_common()) for kind, counts in faults.items()},
            "faults_in_all": sum(sum(counts.values()) for counts in faults.values()),
            **json.loads(done.stdout),
        }

    def faults(self) -> dict[str, Counter[str]]:
        return {
            "processes and servers": self.nemesis.counts,
            "crash points": self.product.crashes(),
            "provider": self.nemesis.provider_counts,
            "network to the provider": self.product.to_provider.counts,
            "network to us": self.product.to_us.counts,
            "network from callers": self.product.from_callers.counts,
            "webhook not heard": self.listener.counts,
        }


def main() -> int:
    wanted = arguments()
    random.seed(wanted.seed)
    folder = wanted.keep or Path(tempfile.mkdtemp(prefix="smartspec-faults-"))
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)  # PostgreSQL may have to run as somebody else
    campaign = Campaign(folder.resolve(), wanted)
    try:
        report = campaign.run()
    finally:
        campaign.product.close()
        campaign.product.close_database()
        if not wanted.keep:
            shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(report, indent=1))
    return 1 if report["violations"] else 0


if __name__ == "__main__":
    sys.exit(main())
