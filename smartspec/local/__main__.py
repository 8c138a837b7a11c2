"""Starts sandbox, web, event streams and worker, fills an empty gallery, and keeps all of it running."""

import argparse
import os
import signal
import subprocess
import sys
import time

from smartspec.lib.processes import ROOT, Process, is_open, leashed
from smartspec.local import access, demo
from smartspec.local import environment as local

MANAGE = [sys.executable, "manage.py"]
LONGEST_PAUSE = 10.0
WEB_THREADS = 32  # a stream or a waiting request holds one, 24 at most; the others are for pages


class Local:
    def __init__(self, *, port: int, wants_demo: bool):
        self.folder = local.folder()
        self.port = local.next_free(port)
        self.events_port = local.next_free(self.port + 1)
        self.sandbox_port = local.next_free(8787)
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = local.environment(
            web_port=self.port, events_port=self.events_port, sandbox_port=self.sandbox_port
        )
        self.wants_demo = wants_demo
        self.running: dict[str, Process] = {}
        self.deaths: dict[str, int] = {}
        self.again: dict[str, float] = {}  # when an ended program is started again
        self.stopping = False

    def commands(self) -> dict[str, list[str]]:
        """In the order of their start; they are stopped the other way round."""
        sandbox = ["--port", str(self.sandbox_port), "--dir", str(self.folder / "sandbox")]
        return {
            "sandbox": [*MANAGE, "kie_sandbox", *sandbox, "--key", local.SANDBOX_KEY],
            "web": granian("wsgi", self.port, "--blocking-threads", str(WEB_THREADS)),
            "events": granian("asgi", self.events_port),
            "worker": [*MANAGE, "worker", "--grace", "5"],
        }

    def run(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.stop)
        try:
            self.open()
            while not self.stopping:
                time.sleep(0.2)
                self.look_after()
        finally:
            self.close()

    def stop(self, *_args: object) -> None:
        self.stopping = True

    def open(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for old in (self.folder / "logs").glob("*.log"):
            old.unlink()
        print("Preparing the database …", flush=True)
        done = self.manage("migrate", "--verbosity", "0")
        if done.returncode:
            raise SystemExit(done.stderr)
        local.publish(self.env)
        for name in self.commands():
            self.start(name)
        while not is_open(self.port) and not self.stopping:
            time.sleep(0.05)
            self.look_after()
        if not self.stopping:
            self.greet(access.prepare(self.folder / "demo.env", url=self.url, manage=self.manage))
        if self.wants_demo and not self.stopping and demo.is_wanted(self.folder, self.url):
            self.fill_gallery()

    def greet(self, door: dict[str, str]) -> None:
        print(f"\n  SmartSpec Pro   {self.url}/gallery")
        print(f"  Admin           {self.url}/admin/   {door['ADMIN_USER']}   {door['ADMIN_PASSWORD']}")
        print(f"  API             {self.url}/api/docs   (key in {self.folder / 'demo.env'})")
        print(f"  Logs            {self.folder / 'logs'}/   ·   Ctrl-C ends everything\n", flush=True)

    def manage(self, *command: str) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, **self.env}
        return subprocess.run(
            [*MANAGE, *command], cwd=ROOT, env=env, capture_output=True, text=True, check=False
        )

    def start(self, name: str) -> None:
        log = self.folder / "logs" / f"{name}.log"
        self.running[name] = Process(self.commands()[name], log=log, env=self.env)

    def fill_gallery(self) -> None:
        """In the foreground of this terminal, with a progress bar."""
        env = {**os.environ, **self.env}
        filling = subprocess.Popen(leashed([*MANAGE, "demo"]), cwd=ROOT, env=env, start_new_session=True)
        while filling.poll() is None and not self.stopping:
            time.sleep(0.2)
            self.look_after()
        if filling.poll() is None:
            filling.terminate()
        if filling.wait() == 0:
            demo.mark_complete(self.folder)

    def look_after(self) -> None:
        """Whatever has ended is started again, after a pause that grows with every death."""
        for name, process in list(self.running.items()):
            code = process.popen.poll()
            if code is not None and not self.stopping:
                del self.running[name]
                process.kill()
                self.deaths[name] = self.deaths.get(name, 0) + 1
                pause = min(LONGEST_PAUSE, 0.5 * 2 ** self.deaths[name])
                self.again[name] = time.monotonic() + pause
                print(f"{name} ended with {code} and is started again; see {process.log}", flush=True)
        for name, when in list(self.again.items()):
            if when <= time.monotonic():
                del self.again[name]
                self.start(name)

    def close(self) -> None:
        print("Stopping …", flush=True)
        local.withdraw()
        for name in reversed(self.commands()):
            if name in self.running:
                self.running[name].stop(seconds=8)


def granian(door: str, port: int, *options: str) -> list[str]:
    where = ["--interface", door, "--host", "127.0.0.1", "--port", str(port)]
    return [sys.executable, "-m", "granian", *where, *options, f"smartspec.{door}:application"]


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/server", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="the next free one is taken (8000)")
    parser.add_argument("--no-demo", action="store_true", help="leave an empty gallery empty")
    options = parser.parse_args()
    Local(port=options.port, wants_demo=not options.no_demo).run()


if __name__ == "__main__":
    main()
