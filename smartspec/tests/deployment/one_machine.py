"""Everything on one machine: is it set up as production is, and does a new version go unnoticed?"""

import time
from pathlib import Path

from smartspec.tests.deployment import promises
from smartspec.tests.deployment.gallery import Curator, stylesheets
from smartspec.tests.deployment.house import SEEN_BY_THE_PROXY, House
from smartspec.tests.deployment.overload import hold_out
from smartspec.tests.deployment.table import Table
from smartspec.tests.deployment.traffic import Traffic

UNDER_LOAD = 5.0  # seconds before the first restart
PACE = 60  # creates in 10.5 s: there is always something in flight


def check(folder: Path, table: Table) -> None:
    house = House(folder, pace=PACE)
    try:
        house.open()
        curator = Curator(house)
        works = curator.fill()
        promises.settings_are_production(house, table)
        promises.static_files_are_kept(house, table)
        promises.numbers_stay_inside(house, table)
        promises.a_change_is_seen(house, table, curator, works[0])
        roll(house, table, [f"/gallery/{work['slug']}" for work in works])
        hold_out(house, table)
        promises.wait_for_quiet(house)
        house.close()
        promises.nothing_was_lost_or_bought_twice(house, table)
    finally:
        house.close()
        house.close_stores()


def check_quickly(folder: Path, table: Table) -> None:
    """What a minute is enough for: the set-up, and a new version under load."""
    house = House(folder, pace=PACE, workers=1, callers=1)
    try:
        house.open()
        promises.settings_are_production(house, table)
        promises.static_files_are_kept(house, table)
        promises.numbers_stay_inside(house, table)
        roll(house, table, [])
        promises.wait_for_quiet(house)
        house.close()
        promises.nothing_was_lost_or_bought_twice(house, table)
    finally:
        house.close()
        house.close_stores()


def roll(house: House, table: Table, works: list[str]) -> None:
    """Each process is restarted in turn while people use the house."""
    traffic = Traffic(
        house.url, certificate=house.certificate, keys=house.keys, accepted=house.folder / "accepted.jsonl"
    )
    traffic.works, traffic.statics = works, stylesheets(house, "/gallery")
    traffic.start()
    time.sleep(UNDER_LOAD)
    took = {}
    for name, service in house.services.items():
        took[name] = house.restart(service)
        time.sleep(SEEN_BY_THE_PROXY)
    promises.connections_are_few(house, table)
    time.sleep(UNDER_LOAD)
    traffic.stop()
    seconds = ", ".join(f"{name} {second:.1f} s" for name, second in took.items())
    promises.nobody_saw_a_failure(
        traffic, table, "web, streams and workers restarted in turn: no 5xx, no request lost"
    )
    table.check("each process was back", True, seconds)
    table.check(
        "clients saw each of their tasks end",
        not traffic.stuck and traffic.orders > 0,
        f"{promises.accepted(house.folder)} tasks, {traffic.heard} of them followed by a stream",
    )
