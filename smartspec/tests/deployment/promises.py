"""What is asked of a house in any shape: the checks that every part of script/deploy-check makes."""

import json
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import requests

from smartspec.lib.processes import ROOT
from smartspec.tests.deployment.gallery import precompressed, shown_everywhere, stylesheets
from smartspec.tests.deployment.house import House
from smartspec.tests.deployment.table import Table
from smartspec.tests.deployment.traffic import Traffic
from smartspec.tests.faults.__main__ import STILL_AT_WORK
from smartspec.tests.faults.rows import Rows

OTHER_COMPANIES = {  # what stands for them here is on this machine, and the check is right to mind that
    "ALLOW_SANDBOX": "false",
    "KIE_AI_BASE_URL": "https://api.kie.ai/api/v1/jobs",
    "CLOUDFLARE_R2_ENDPOINT": "https://account.r2.cloudflarestorage.com",
    "CLOUDFLARE_ZONE_ID": "zone",
    "CLOUDFLARE_API_TOKEN": "token",
}
WINDOW_MS = 10_500
QUIET_WITHIN = 300.0


def settings_are_production(house: House, table: Table) -> None:
    said = house.manage("check", "--deploy", "--fail-level", "WARNING", **OTHER_COMPANIES)
    table.check(
        "check --deploy is clean, DEBUG is off", "no issues" in said and house.env["DEBUG"] == "false"
    )


def static_files_are_kept(house: House, table: Table) -> None:
    """By the proxy alone: an answer of the pages has a request id."""
    addresses = stylesheets(house, "/gallery")
    packed = [address for address in addresses if (house.folder / f"{address[1:]}.gz").exists()]
    wrong = [address for address in packed if not is_kept(*precompressed(house, address))]
    table.check(
        "static files: hashed, compressed beforehand, immutable, from the proxy",
        bool(packed) and not wrong,
        f"{len(packed)} files" if not wrong else str(wrong),
    )


def is_kept(answer: requests.Response, same_bytes: bytes) -> bool:
    headers = answer.headers
    kept = "immutable" in headers.get("Cache-Control", "") and headers.get("Content-Encoding") == "gzip"
    return bool(kept and same_bytes and "X-Request-Id" not in headers)


def numbers_stay_inside(house: House, table: Table) -> None:
    answer = requests.get(f"{house.url}/metrics", verify=str(house.certificate), timeout=30)
    table.check("/metrics is closed to the outside", answer.status_code == 404)


def a_change_is_seen(house: House, table: Table, curator, item: dict) -> None:
    """By every process, in whatever is asked a second after the change was committed."""
    title = f"Changed at {time.monotonic_ns()}"
    host, addresses = f"localhost:{house.port}", [house.address_of(web) for web in house.webs()]
    page = f"/gallery/{item['slug']}"
    shown_everywhere(addresses, page, "", host=host)  # it is kept in each of them now
    curator.rename(item, title)
    time.sleep(1)
    late = shown_everywhere(addresses, page, title, host=host)
    table.check("a change shows within a second on every web process", not late, ", ".join(late))


def connections_are_few(house: House, table: Table) -> None:
    """A web process has DATABASE_POOL at most, a stream process one or two, a child of a worker one."""
    sql = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
    with psycopg.connect(house.env["DATABASE_URL"], connect_timeout=5) as connection:
        (count,) = connection.execute(sql).fetchone()
    workers = sum(name.startswith("worker") for name in house.services)
    pools = sum(2 * int(web.unit.environment["DATABASE_POOL"]) for web in house.webs())
    most = pools + 2 + workers * int(house.env["WORKERS"]) + 5
    table.check("PostgreSQL connections stay within the pools", count <= most, f"{count} of {most}")


def nobody_saw_a_failure(traffic: Traffic, table: Table, name: str) -> None:
    book = traffic.book
    bad = [*book.bad, *book.later]
    table.check(name, not bad, book.told() if not bad else f"{book.told()}; {bad[:5]}")


def pace_was_kept(house: House, table: Table) -> None:
    """As the provider saw it, over all workers together."""
    lines = (house.folder / "sandbox" / "creates.jsonl").read_text().splitlines()
    times = [json.loads(line)["at"] for line in lines]
    most = most_within(times, WINDOW_MS)
    table.check(
        f"at most {house.pace} creates in any 10.5 s, all workers together",
        most <= house.pace,
        f"{most} at most, {len(times)} in all",
    )


def most_within(times: list[int], window: int) -> int:
    """The most that fall into any window of this length, its end not counted."""
    return max((sum(at <= each < at + window for each in times) for at in times), default=0)


def wait_for_quiet(house: House) -> None:
    rows, end = Rows(house.env["DATABASE_URL"]), time.monotonic() + QUIET_WITHIN
    while rows.one(STILL_AT_WORK)["n"] and time.monotonic() < end:
        time.sleep(0.5)


def nothing_was_lost_or_bought_twice(house: House, table: Table) -> None:
    """The checker of the fault suite, a program of its own; to be asked when all has stopped."""
    (house.folder / "facts.json").write_text(json.dumps(house.facts()))
    command = [sys.executable, "-m", "smartspec.tests.faults.checker", str(house.folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if not done.stdout:
        table.check("the checker of the fault suite", False, done.stderr[-500:])
        return
    found = json.loads(done.stdout)
    counts = ", ".join(f"{number} {status}" for status, number in sorted(found["tasks"].items()))
    broken = found["violations"]
    table.check(
        "every accepted task ended, none was bought twice, money and files are right",
        not broken,
        f"{counts}; {found['bought']} bought" if not broken else f"{len(broken)}: {broken[:5]}",
    )


def accepted(folder: Path) -> int:
    return len((folder / "accepted.jsonl").read_text().splitlines())
