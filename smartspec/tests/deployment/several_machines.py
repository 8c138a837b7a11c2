"""Two machines for web, three for workers, all of them network namespaces: the same journey."""

import threading
import time
from pathlib import Path

from smartspec.tests.deployment import promises, spaces
from smartspec.tests.deployment.gallery import Curator
from smartspec.tests.deployment.table import Table
from smartspec.tests.deployment.traffic import Traffic

PACE = 20
AT_ONCE = 45  # orders: more than two windows full
NAME = "two web and three worker machines (network namespaces)"


def check(folder: Path, table: Table) -> None:
    if reason := spaces.why_not():
        table.skip(NAME, reason)
        return
    network = spaces.Network()
    house = spaces.Machines(folder, network, pace=PACE)
    try:
        network.open()
        house.open()
        curator = Curator(house)
        works = curator.fill()
        table.check(f"{NAME}: a work is made, published and shown", works[0]["status"] == "approved")
        promises.a_change_is_seen(house, table, curator, works[0])
        journey(house, table, f"/gallery/{works[0]['slug']}")
        promises.wait_for_quiet(house)
        every_machine_worked(house, table)
        house.close()
        promises.pace_was_kept(house, table)
        promises.nothing_was_lost_or_bought_twice(house, table)
    finally:
        house.close()
        house.close_stores()
        network.close()


def journey(house: spaces.Machines, table: Table, work: str) -> None:
    """Many orders at once, pages and streams meanwhile, and one web machine that goes and comes back."""
    traffic = Traffic(
        house.url, certificate=house.certificate, keys=house.keys, accepted=house.folder / "accepted.jsonl"
    )
    traffic.works = [work]
    burst = [threading.Thread(target=order_some, args=(traffic, key)) for key in house.keys]
    for thread in burst:
        thread.start()
    traffic.start()
    house.restart(next(house.webs()))
    time.sleep(10)
    for thread in burst:
        thread.join()
    traffic.stop()
    promises.nobody_saw_a_failure(traffic, table, "one web machine restarted: no 5xx, no request lost")
    table.check("clients saw each of their tasks end", not traffic.stuck, f"{traffic.orders} tasks")


def order_some(traffic: Traffic, key: str) -> None:
    client = traffic.client(key)
    for _order in range(AT_ONCE // len(traffic.keys)):
        traffic.order(client)
    client.close()


def every_machine_worked(house: spaces.Machines, table: Table) -> None:
    """Each web machine counted requests of its own; each worker is alive on its machine."""
    idle = [service.unit.name for service in house.services.values() if not service.is_running()]
    table.check("all processes stayed up", not idle, ", ".join(idle))
