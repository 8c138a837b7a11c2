"""One unit as a running process, started and stopped as systemd does it."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from smartspec.lib.processes import Process
from smartspec.tests.deployment.units import Unit


class Service:
    """`prefix` stands before its command: `ip netns exec …`."""

    def __init__(self, unit: Unit, *, folder: Path, env: Mapping[str, str], prefix: list[str] | None = None):
        self.unit, self.folder, self.prefix = unit, folder, prefix or []
        self.env = unit.environment | dict(env)
        if runtime := unit.environment.get("LEAVING_MARK"):
            self.runtime = Path(runtime).parent
            self.env |= {name: unit.environment[name] for name in ("LEAVING_MARK", "METRICS_DIR")}
        else:
            self.runtime = None
        self.process: Process | None = None

    @property
    def pid(self) -> int:
        return self.process.pid

    def start(self) -> None:
        if self.runtime:
            shutil.rmtree(self.runtime, ignore_errors=True)
            self.runtime.mkdir(parents=True)
        log = self.folder / "logs" / f"{self.unit.name.replace('@', '-')}.log"
        self.process = Process([*self.prefix, *self.unit.start], log=log, env=self.env)

    def stop(self) -> int:
        """ExecStop, then SIGTERM to the main process, then SIGKILL to all of them."""
        if self.unit.stop and self.process.popen.poll() is None:
            env = {**os.environ, "MAINPID": str(self.pid)}
            subprocess.run(self.unit.stop, env=env, check=False)
        return self.process.stop(seconds=self.unit.patience)

    def kill(self) -> None:
        self.process.kill()

    def is_running(self) -> bool:
        return self.process is not None and self.process.popen.poll() is None
