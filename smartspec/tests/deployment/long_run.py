"""Mixed traffic for minutes, with faults if wanted: what clients were told, how long it took, who grew."""

import time
from collections import Counter
from pathlib import Path

from smartspec.tests.deployment import memory, promises
from smartspec.tests.deployment.gallery import Curator, stylesheets
from smartspec.tests.deployment.house import House
from smartspec.tests.deployment.mishaps import Mishaps
from smartspec.tests.deployment.table import Table
from smartspec.tests.deployment.traffic import Traffic
from smartspec.tests.faults.installation import SETTINGS

PACE = 60
MISHAP_EVERY = 8.0  # seconds, in the mean
SAMPLE_EVERY = 3.0
WARM = 60.0  # seconds of traffic before anything is measured: modules are loaded, pages are kept
QUICKER = {  # what takes minutes in life: leases and deadlines, so that a lost task ends within the run
    name: SETTINGS[name]
    for name in (
        "GENERATION_LEASE_SECONDS",
        "GENERATION_RECORD_GRACE_SECONDS",
        "GENERATION_IMAGE_DEADLINE",
        "GENERATION_AUDIO_DEADLINE",
        "GENERATION_STORE_ATTEMPTS",
        "GENERATION_BREAKER_STRIKES",
    )
}


def check(folder: Path, table: Table, *, minutes: float, faults: bool) -> None:
    house = House(folder, pace=PACE, more=QUICKER if faults else None)
    try:
        house.open()
        works = [f"/gallery/{work['slug']}" for work in Curator(house).fill()]
        traffic = Traffic(
            house.url, certificate=house.certificate, keys=house.keys, accepted=folder / "accepted.jsonl"
        )
        traffic.works, traffic.statics = works, stylesheets(house, "/gallery")
        watch = memory.Watch(lambda: pids(house), every=SAMPLE_EVERY)
        mishaps = Mishaps(house, pace=MISHAP_EVERY, clock=traffic.book.now) if faults else None
        traffic.start()
        time.sleep(WARM)
        watch.start()
        if mishaps:
            mishaps.start()
        time.sleep(minutes * 60)
        watch.stop()
        if mishaps:
            mishaps.stop()
        traffic.stop()
        promises.wait_for_quiet(house)
        what_was_told(table, traffic, mishaps)
        nobody_grew(table, watch, mishaps)
        if mishaps:
            mishaps.close()
        house.close()
        promises.nothing_was_lost_or_bought_twice(house, table)
    finally:
        house.close()
        house.close_stores()


def pids(house: House) -> dict[str, int]:
    found = {name: service.pid for name, service in house.services.items() if service.is_running()}
    return found | {name: house.servers[name].pid for name in ("caddy",)}


def what_was_told(table: Table, traffic: Traffic, mishaps: Mishaps | None) -> None:
    book = traffic.book
    table.check(
        "no 5xx but 503 with Retry-After, no request without an answer",
        not book.bad,
        book.told() if not book.bad else f"{len(book.bad)}: {book.bad[:5]}",
    )
    outside = [answer for answer in book.later if not (mishaps and mishaps.during(answer.at))]
    table.check(
        "503 only while a fault was on",
        not outside,
        f"{len(book.later)} × 503, {len(outside)} of them outside {outside[:5] or ''}",
    )
    if mishaps:
        counts = ", ".join(f"{name} {number}" for name, number in mishaps.nemesis.counts.most_common())
        table.check(
            "mishaps", bool(mishaps.windows), f"{counts}; started again: {dict(mishaps.prey.restarts)}"
        )
        blamed = Counter(name for answer in book.later for name in set(mishaps.during(answer.at)))
        table.check("what was going on when 503 was said", True, str(dict(blamed.most_common())))
    table.check("clients saw each of their tasks end", not traffic.stuck, f"{traffic.orders} tasks")
    slowest = ", ".join(f"{kind} {took:,.0f} ms" for kind, took in sorted(book.p99().items()))
    table.check("99 of 100 requests were answered within", True, slowest)


def nobody_grew(table: Table, watch: memory.Watch, mishaps: Mishaps | None) -> None:
    """Of those that were not started again: a process that is young grows until it has seen everything."""
    restarts = mishaps.prey.restarts if mishaps else {}
    thirds = {name: pair for name, pair in watch.thirds().items() if name not in restarts}
    grown = {name: pair for name, pair in thirds.items() if not memory.is_flat(*pair)}
    told = ", ".join(f"{name} {first:.0f} → {last:.0f}" for name, (first, last) in sorted(thirds.items()))
    table.check("memory is flat (MB of each process, first and last third)", thirds and not grown, told)
