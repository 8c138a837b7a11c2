"""More than the house can answer: who is refused, how, and what becomes of what was accepted."""

import http.client
import json
import ssl
import threading
import time
from collections import Counter

from smartspec.tests.deployment.house import House
from smartspec.tests.deployment.table import Table

SECONDS = 8.0
CROWD = 200  # all web processes together have 128 places
ORDERS = 10


class Crowd:
    """As many connections as there are people, each with a question open all the time."""

    def __init__(self, house: House, *, size: int):
        self.house = house
        self.context = ssl.create_default_context(cafile=str(house.certificate))
        self.statuses: Counter[str] = Counter()
        self.unsaid = 0  # 503 without Retry-After
        self.stopping = threading.Event()
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.press, daemon=True) for _ in range(size)]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        self.stopping.set()
        for thread in self.threads:
            thread.join(60)

    def press(self) -> None:
        """Nobody waits as Retry-After says: this is the worst crowd."""
        connection = self.connect()
        while not self.stopping.is_set():
            try:
                connection.request("GET", "/api/v1/gallery?limit=24")
                answer = connection.getresponse()
                answer.read()
                self.note(str(answer.status), answer.status == 503 and not answer.getheader("Retry-After"))
            except (OSError, http.client.HTTPException) as error:
                self.note(type(error).__name__, True)
                connection.close()
                connection = self.connect()
        connection.close()

    def connect(self) -> http.client.HTTPSConnection:
        return http.client.HTTPSConnection("localhost", self.house.port, timeout=60, context=self.context)

    def note(self, status: str, unsaid: bool) -> None:
        with self.lock:
            self.statuses[status] += 1
            self.unsaid += unsaid


def hold_out(house: House, table: Table) -> None:
    crowd = Crowd(house, size=CROWD)
    crowd.start()
    accepted = order_meanwhile(house, crowd)
    crowd.stop()
    other = {status: number for status, number in crowd.statuses.items() if status not in ("200", "503")}
    table.check(
        "too many at once: answered, or 503 with Retry-After, and nothing else",
        crowd.statuses["503"] > 0 and crowd.statuses["200"] > 0 and not other and not crowd.unsaid,
        ", ".join(f"{status} × {number}" for status, number in sorted(crowd.statuses.items())),
    )
    table.check(
        "orders made in the crowd were accepted in the end", accepted == ORDERS, f"{accepted} of {ORDERS}"
    )


def order_meanwhile(house: House, crowd: Crowd) -> int:
    """By somebody who comes again as he is told, with the same Idempotency-Key."""
    end, accepted, connection = time.monotonic() + SECONDS, 0, crowd.connect()
    with (house.folder / "accepted.jsonl").open("a") as file:
        while accepted < ORDERS and time.monotonic() < end + 120:
            name = f"crowded-{accepted}"
            status, document, again = ask(connection, house.keys[0], name)
            if status in (200, 202):
                file.write(json.dumps({"key": f"{house.keys[0][-6:]} {name}", "id": document["id"]}) + "\n")
                accepted += 1
            time.sleep(again)
    while time.monotonic() < end:
        time.sleep(0.1)
    return accepted


def ask(connection: http.client.HTTPSConnection, key: str, name: str) -> tuple[int, dict, float]:
    headers = {"X-API-Key": key, "Idempotency-Key": name, "Content-Type": "application/json"}
    body = json.dumps({"prompt": f"a crowd, {name}", "model_id": "z-image"})
    connection.request("POST", "/api/v1/generation/image", body, headers)
    answer = connection.getresponse()
    document = json.loads(answer.read())
    return answer.status, document, float(answer.getheader("Retry-After") or 0) * (answer.status >= 400)
