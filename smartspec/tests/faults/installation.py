"""The product as it is run: processes, started again when they end, in reach of whoever breaks things."""

import contextlib
import json
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import psycopg

from smartspec.lib.processes import ROOT, NotReady, Process, free_port
from smartspec.tests.faults.proxy import FaultProxy, only_reads
from smartspec.tests.servers import postgres, redis
from smartspec.tests.servers.surroundings import NEUTRAL

KEEP = "ALTER DATABASE postgres SET synchronous_commit = on"
MANAGE = [sys.executable, "manage.py"]
USERS = 4
CREDITS = "1000000"
WORKERS = 3
SETTINGS = {  # what takes minutes in life takes seconds here
    "GENERATION_RESULT_HOSTS": "127.0.0.1",
    "GENERATION_LEASE_SECONDS": "2",
    "GENERATION_POLL_SECONDS": "0.3",
    "GENERATION_RECORD_GRACE_SECONDS": "12",
    "GENERATION_CREATES_PER_WINDOW": "500",
    "GENERATION_BREAKER_STRIKES": "1000",
    "GENERATION_IMAGE_DEADLINE": "60",
    "GENERATION_AUDIO_DEADLINE": "60",
    "GENERATION_STORE_ATTEMPTS": "5",
}


class Installation:
    def __init__(self, folder: Path, *, database: str, broker: str, crash_rate: float):
        self.folder = folder
        self.calm = self.stopping = False
        self.crash_rate = crash_rate
        self.running: dict[str, Process] = {}
        self.restarts: Counter[str] = Counter()
        self.lock = threading.RLock()
        self.provider_key, self.hmac_key = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        self.web_port, self.sandbox_port = free_port(), free_port()
        self.to_provider = FaultProxy(self.sandbox_port, may_repeat=only_reads)
        self.to_us, self.from_callers = FaultProxy(self.web_port), FaultProxy(self.web_port)
        self.proxies = (self.to_provider, self.to_us, self.from_callers)
        self.url = f"http://127.0.0.1:{self.web_port}"
        self.env = self.settings(database, broker)
        self.keys: list[str] = []

    def settings(self, database: str, broker: str) -> dict[str, str]:
        url = f"sqlite:///{self.folder / 'db.sqlite3'}"
        if database == "postgres":
            (self.folder / "postgres").mkdir()
            self.running["postgres"], url = postgres.start(self.folder / "postgres")
            keep_what_was_committed(url)
        told = NEUTRAL | SETTINGS | {"DATABASE_URL": url, "QUEUE_BROKER": broker}
        if broker == "redis":
            self.running["redis"], told["REDIS_URL"] = redis.start(self.folder / "redis")
        return told | {
            "LOCAL_DIR": str(self.folder),
            "MEDIA_ROOT": str(self.folder / "media"),
            "STATIC_ROOT": str(self.folder / "static"),
            "SITE_URL": self.url,
            "CALLBACK_URL": f"http://127.0.0.1:{self.to_us.port}",
            "KIE_AI_BASE_URL": f"http://127.0.0.1:{self.to_provider.port}/api/v1/jobs",
            "KIE_AI_API_KEY": self.provider_key,
            "KIE_AI_WEBHOOK_HMAC_KEY": self.hmac_key,
        }

    def commands(self) -> dict[str, list[str]]:
        sandbox = ["--port", str(self.sandbox_port), "--dir", str(self.folder / "sandbox"), "--rate", "0"]
        sandbox += [f"--key={self.provider_key}", f"--hmac-key={self.hmac_key}", "--speed", "4"]
        web = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.web_port)]
        web += ["--blocking-threads", "6", "smartspec.wsgi:application"]
        return {
            "sandbox": [*MANAGE, "kie_sandbox", *sandbox, "--credits", "100000000"],
            "web": [sys.executable, "-m", "granian", *web],
            "worker": [*MANAGE, "worker", "--workers", str(WORKERS)],
        }

    # -- life ----------------------------------------------------------------------------------

    def open(self) -> None:
        (self.folder / "static").mkdir()
        self.manage("migrate", "--verbosity", "0")
        for number in range(USERS):
            said = self.manage("createuser", f"caller-{number}", "--credits", CREDITS, "--key")
            self.keys.append(said.strip())
        for name in self.commands():
            self.start(name)
        self.running["sandbox"].says("sandbox ready", seconds=60)
        self.running["worker"].says("worker ready", seconds=60)
        self.running["web"].answers(self.web_port, seconds=60)
        threading.Thread(target=self.look_after, daemon=True).start()

    def manage(self, *words: str) -> str:
        command, env = [*MANAGE, *words], {**os.environ, **self.env}
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NotReady(done.stderr)
        return done.stdout

    def start(self, name: str) -> None:
        crash = {"CRASH_POINTS": f"*:{self.crash_rate}", "CRASH_LOG": str(self.folder / "crashes.log")}
        env = self.env if self.calm or name == "sandbox" else self.env | crash
        log = self.folder / "logs" / f"{name}.log"
        self.running[name] = Process(self.commands()[name], log=log, env=env)

    def look_after(self) -> None:
        """What has ended is started again, as an init system would."""
        while not self.stopping:
            time.sleep(0.1)
            with self.lock:
                for name in self.commands():
                    if not self.stopping and self.running[name].popen.poll() is not None:
                        self.running[name].kill()  # what is left of its group
                        self.restarts[name] += 1
                        self.start(name)

    def restart_server(self, name: str, number: int, *, down: float) -> None:
        self.stop_server(name, number)
        time.sleep(down)
        self.start_server(name)

    def stop_server(self, name: str, number: int = signal.SIGTERM) -> None:
        """A server of the machine's own: postgres, redis."""
        self.running[name].stop(number)

    def start_server(self, name: str) -> None:
        """Again, on its old port and files."""
        old = self.running[name]
        self.running[name] = Process(list(old.popen.args), log=old.log, dies_by=signal.SIGQUIT)

    def become_calm(self) -> None:
        """No more crash points and no more troubles on the way; everything runs."""
        with self.lock:
            self.calm = True
            for proxy in self.proxies:
                proxy.troubles.clear()
            for name in ("web", "worker"):
                self.running[name].kill()

    def close(self) -> None:
        with self.lock:
            self.stopping = True
        for name in ("web", "worker", "sandbox", "redis", "postgres"):
            if name in self.running and name != "postgres":
                self.running[name].stop()
        for proxy in self.proxies:
            proxy.close()

    def close_database(self) -> None:
        if "postgres" in self.running:
            self.running["postgres"].stop(signal.SIGINT)

    # -- what it is made of --------------------------------------------------------------------

    def processes(self, name: str) -> list[int]:
        """The direct children of a program."""
        parent = str(self.running[name].pid)
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                if stat.read_text().rpartition(")")[2].split()[1] == parent:
                    found.append(int(stat.parent.name))
        return found

    def crashes(self) -> Counter[str]:
        log = self.folder / "crashes.log"
        return Counter(log.read_text().split()) if log.exists() else Counter()

    def facts(self) -> dict:
        """What the checker needs to know."""
        sandbox = self.folder / "sandbox"
        return {
            "database": self.env["DATABASE_URL"],
            "media": str(self.folder / "media"),
            "creates": str(sandbox / "creates.jsonl"),
            "outcomes": str(sandbox / "journal.jsonl"),
            "results": str(sandbox / "results"),
            "accepted": str(self.folder / "accepted.jsonl"),
            "heard": str(self.folder / "heard.jsonl"),
            "logs": [str(log) for log in (self.folder / "logs").glob("w*.log")],
            "secrets": [*self.keys, self.provider_key, self.hmac_key],
        }

    def write_facts(self) -> None:
        (self.folder / "facts.json").write_text(json.dumps(self.facts()))


def keep_what_was_committed(url: str) -> None:
    """Tests run PostgreSQL without this for speed; here it is killed and must forget nothing."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(KEEP)
