"""Who breaks things: processes, servers and the network, one mishap after the other."""

import contextlib
import os
import random
import signal
import threading
import time
from collections import Counter

import psycopg
import requests

from smartspec.tests.faults.installation import Installation

PROVIDER_FAULTS = {  # how often each falls on an order is ODDS; see generation.sandbox.faults
    "slow": "3", "stuck": "1", "429": "1", "refuse": "455", "fail": "500", "moderated": "430", "no-urls": "1",
    "no-callback": "1", "twice": "1", "late": "3", "early": "1", "unsigned": "1", "forged": "1",
    "skew": "3600", "lost": "1", "drop": "1", "html-create": "530", "garbled-create": "1", "html-502": "2",
    "garbled": "2", "null-first": "1", "object": "1", "expired": "1", "cut": "2",
}  # fmt: skip
ODDS = 0.05
NETWORKS = (
    {"slow": 0.2, "cut": 0.1},
    {"refused": 0.2, "cut": 0.05},
    {"silent": 0.08, "slow": 0.2},
    {"twice": 0.3},
    {},
)
LEASE = 2.0  # seconds, as the installation has it


class Nemesis:
    def __init__(self, installation: Installation):
        self.product = installation
        self.counts: Counter[str] = Counter()
        self.provider_counts: Counter[str] = Counter()
        self.asleep: list[threading.Timer] = []
        self.acts = {
            self.kill_a_worker: 5,
            self.kill_all_workers: 1,
            self.kill_web: 2,
            self.kill_a_web_process: 1,
            self.pause_a_worker: 4,
            self.kill_the_provider: 1,
            self.change_the_network: 3,
        }
        if "postgres" in installation.running:
            self.acts |= {self.restart_the_database: 1, self.cut_all_database_connections: 2}
        if "redis" in installation.running:
            self.acts |= {self.restart_redis: 2}

    def begin(self) -> None:
        self.set_provider({"faults": PROVIDER_FAULTS, "odds": ODDS, "sketch": True})
        self.change_the_network()

    def act(self) -> None:
        (act,) = random.choices(list(self.acts), list(self.acts.values()))
        with self.product.lock, contextlib.suppress(ProcessLookupError):
            act()
        self.counts[act.__name__.replace("_", " ")] += 1

    def end(self) -> None:
        """Everything as it should be; what sleeps wakes up, what is stuck goes on."""
        for timer in self.asleep:
            timer.join()
        self.note_provider_counts()
        self.product.become_calm()
        self.set_provider({"faults": {}})
        self.ask_provider("release", {})

    # -- processes -----------------------------------------------------------------------------

    def kill_a_worker(self) -> None:
        self.signal_one("worker", signal.SIGKILL)

    def kill_a_web_process(self) -> None:
        self.signal_one("web", signal.SIGKILL)

    def signal_one(self, name: str, number: int) -> int | None:
        children = self.product.processes(name)
        if not children:
            return None
        victim = random.choice(children)
        os.kill(victim, number)
        return victim

    def kill_all_workers(self) -> None:
        self.product.running["worker"].kill()

    def kill_web(self) -> None:
        self.product.running["web"].kill()

    def pause_a_worker(self) -> None:
        """Past its lease: others take over its task, and then it goes on as if nothing had happened."""
        sleeper = self.signal_one("worker", signal.SIGSTOP)
        if sleeper is not None:
            timer = threading.Timer(random.uniform(LEASE, 3 * LEASE), wake_up, args=(sleeper,))
            timer.start()
            self.asleep.append(timer)

    def kill_the_provider(self) -> None:
        self.note_provider_counts()
        self.product.running["sandbox"].kill()
        self.product.start("sandbox")
        self.product.running["sandbox"].says("sandbox ready", seconds=60)
        self.set_provider({"faults": PROVIDER_FAULTS, "odds": ODDS, "sketch": True})

    # -- servers and network -------------------------------------------------------------------

    def change_the_network(self) -> None:
        for proxy in self.product.proxies:
            proxy.troubles = {**random.choice(NETWORKS)}

    def restart_the_database(self) -> None:
        self.product.restart_server("postgres", signal.SIGQUIT, down=1.0)

    def cut_all_database_connections(self) -> None:
        sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        with (
            contextlib.suppress(psycopg.Error),
            psycopg.connect(self.product.env["DATABASE_URL"], connect_timeout=3) as connection,
        ):
            connection.execute(sql)

    def restart_redis(self) -> None:
        self.product.restart_server("redis", signal.SIGKILL, down=2.0)

    # -- the provider's own misbehaviour -------------------------------------------------------

    def set_provider(self, mode: dict) -> None:
        self.ask_provider("mode", mode)

    def note_provider_counts(self) -> None:
        with contextlib.suppress(requests.RequestException):
            self.provider_counts.update(self.ask_provider("mode", {})["counts"])

    def ask_provider(self, door: str, document: dict) -> dict:
        url = f"http://127.0.0.1:{self.product.sandbox_port}/__sandbox__/{door}"
        for _attempt in range(20):
            with contextlib.suppress(requests.ConnectionError):
                return requests.post(url, json=document, timeout=20).json()
            time.sleep(0.5)
        raise RuntimeError("the provider does not come back")


def wake_up(process: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGCONT)
