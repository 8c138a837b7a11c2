"""The house in the shape of production: the processes of docs/operations.md and what they need."""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import requests

from smartspec.lib.processes import ROOT, NotReady, Process, free_port
from smartspec.tests.deployment import caddy, units
from smartspec.tests.deployment.services import Service
from smartspec.tests.faults.installation import keep_what_was_committed
from smartspec.tests.servers import postgres, redis, s3
from smartspec.tests.servers.surroundings import NEUTRAL

MANAGE = [sys.executable, "manage.py"]
WEB, WORKERS, CALLERS = 2, 3, 4
SEEN_BY_THE_PROXY = 1.2  # seconds: two of its looks at /healthz


class House:
    """`pace` is creates in 10.5 s; `more` are settings on top of production's. `callers` have a key each."""

    def __init__(
        self,
        folder: Path,
        *,
        pace: int = 20,
        more: dict[str, str] | None = None,
        workers: int = WORKERS,
        callers: int = CALLERS,
    ):
        self.folder, self.pace, self.workers, self.callers = folder, pace, workers, callers
        self.port, self.web_ports = free_port(), [free_port() for _ in range(WEB)]
        self.streams_port, self.sandbox_port = free_port(), free_port()
        self.url = f"https://localhost:{self.port}"
        self.provider_key, self.hmac_key = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        self.servers: dict[str, Process] = {}
        self.services: dict[str, Service] = {}
        self.certificate = folder / "unknown"
        self.keys: list[str] = []
        self.staff_key = ""
        self.more = more or {}
        self.env: dict[str, str] = {}

    # -- life ----------------------------------------------------------------------------------

    def open(self) -> None:
        self.start_stores()
        self.manage("migrate", "--verbosity", "0")
        self.manage("collectstatic", "--noinput", "--verbosity", "0")
        self.staff_key = self.person("staff", "--staff")
        self.keys = [self.person(f"caller-{number}") for number in range(self.callers)]
        self.start_services()
        self.start_proxy()
        self.start_provider()
        for service in self.webs():
            self.wait_for(service)
        for name, service in self.services.items():
            if name.startswith("worker"):
                service.process.says("worker ready", seconds=60)

    def start_stores(self) -> None:
        (self.folder / "postgres").mkdir()
        self.servers["postgres"], database = postgres.start(self.folder / "postgres")
        keep_what_was_committed(database)
        self.servers["redis"], cache = redis.start(self.folder / "redis")
        bucket = s3.start(self.folder / "s3")
        self.servers["s3"] = bucket.process
        self.env = self.settings(database, cache, bucket.environment)

    def settings(self, database: str, cache: str, bucket: dict[str, str]) -> dict[str, str]:
        told = NEUTRAL | bucket | {
            "DEBUG": "false",
            "SITE_URL": self.url,
            "SECRET_KEY": secrets.token_urlsafe(50),
            "TRUSTED_PROXIES": "1",
            "EVENTS_URL": self.url,
            "METRICS_TOKEN": secrets.token_urlsafe(24),
            "DATABASE_URL": database,
            "REDIS_URL": cache,
            "QUEUE_BROKER": "redis",
            "PAGE_CACHE_MB": "64",
            "WORKERS": "1",
            "LOCAL_DIR": str(self.folder / "lib"),
            "STATIC_ROOT": str(self.folder / "static"),
            "ALLOW_SANDBOX": "true",
            "KIE_AI_BASE_URL": f"http://{units.LOOPBACK}:{self.sandbox_port}/api/v1/jobs",
            "KIE_AI_API_KEY": self.provider_key,
            "KIE_AI_WEBHOOK_HMAC_KEY": self.hmac_key,
            "CALLBACK_URL": self.url,
            "GENERATION_RESULT_HOSTS": units.LOOPBACK,
            "GENERATION_CREATES_PER_WINDOW": str(self.pace),
        }  # fmt: skip
        return told | self.more

    def start_services(self) -> None:
        for number, port in enumerate(self.web_ports):
            self.add(f"web@{8000 + 2 * number}", port)
        self.add("streams", self.streams_port)
        for number in range(self.workers):
            self.add("worker", None, called=f"worker-{number + 1}")

    def add(self, name: str, port: int | None, *, called: str = "") -> None:
        unit = units.settled(units.read(name), folder=self.folder, port=port)
        unit.name = called or name
        service = Service(unit, folder=self.folder, env=self.env)
        service.start()
        self.services[unit.name] = service

    def start_proxy(self) -> None:
        self.servers["caddy"], self.certificate = caddy.start(
            self.folder / "caddy",
            port=self.port,
            web=self.web_addresses(),
            streams=f"{units.LOOPBACK}:{self.streams_port}",
            static=self.folder / "static",
        )

    def start_provider(self) -> None:
        folder = self.folder / "sandbox"
        options = ["--port", str(self.sandbox_port), "--dir", str(folder)]
        options += [f"--key={self.provider_key}", f"--hmac-key={self.hmac_key}", "--speed", "4"]
        options += ["--credits", "100000000", "--rate", str(self.pace)]
        env = NEUTRAL | {"DATABASE_URL": f"sqlite:///{folder}.sqlite3", "LOCAL_DIR": str(folder)}
        env["REQUESTS_CA_BUNDLE"] = str(self.certificate)
        log = self.folder / "logs" / "sandbox.log"
        self.servers["sandbox"] = Process([*MANAGE, "kie_sandbox", *options], log=log, env=env)
        self.servers["sandbox"].says("sandbox ready", seconds=60)

    def close(self) -> None:
        """All but the database, which the checker asks."""
        for name, service in self.services.items():
            if service.is_running() and not name.startswith("web"):
                service.process.stop(seconds=service.unit.patience)
        for service in self.webs():
            service.kill()
        for name in ("caddy", "sandbox", "redis"):
            if name in self.servers:
                self.servers[name].stop()

    def close_stores(self) -> None:
        for name in ("s3", "postgres"):
            if name in self.servers:
                self.servers[name].stop(2)

    # -- what can be done with it ----------------------------------------------------------------

    def webs(self) -> Iterator[Service]:
        return (service for name, service in self.services.items() if name.startswith("web"))

    def restart(self, service: Service) -> float:
        """Seconds from SIGTERM's end until it works again."""
        service.stop()
        begun = time.monotonic()
        service.start()
        self.wait_for(service)
        return time.monotonic() - begun

    def wait_for(self, service: Service) -> None:
        if service.unit.name.startswith("worker"):
            service.process.says("worker ready", seconds=60)
            return
        url = f"http://{self.address_of(service)}/healthz"
        service.process.wait_until(lambda: answers(url), seconds=60)

    def address_of(self, service: Service) -> str:
        return f"{service.unit.option('--host')}:{service.unit.option('--port')}"

    def web_addresses(self) -> list[str]:
        return [f"{units.LOOPBACK}:{port}" for port in self.web_ports]

    def manage(self, *words: str, **env: str) -> str:
        surroundings = {**os.environ, **self.env, **env}
        done = subprocess.run(
            [*MANAGE, *words], cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise NotReady(done.stdout + done.stderr)
        return done.stdout

    def person(self, name: str, *options: str) -> str:
        return self.manage("createuser", name, "--credits", "1000000", "--key", *options).strip()

    def facts(self) -> dict:
        """What the checker of the fault suite needs to know; the buckets lie in objects/ then."""
        self.manage("bucket", "save", str(self.folder / "objects"))
        sandbox = self.folder / "sandbox"
        (self.folder / "heard.jsonl").touch()
        return {
            "database": self.env["DATABASE_URL"],
            "media": str(self.folder / "objects"),
            "creates": str(sandbox / "creates.jsonl"),
            "outcomes": str(sandbox / "journal.jsonl"),
            "results": str(sandbox / "results"),
            "accepted": str(self.folder / "accepted.jsonl"),
            "heard": str(self.folder / "heard.jsonl"),
            "logs": [str(log) for log in (self.folder / "logs").glob("w*.log")],
            "secrets": [*self.keys, self.staff_key, self.provider_key, self.hmac_key],
        }


def answers(url: str) -> bool:
    try:
        return requests.get(url, headers={"Host": "localhost"}, timeout=5).status_code == 200
    except requests.RequestException:
        return False
