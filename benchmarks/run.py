"""One run: what every row is given."""

from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property

from benchmarks.contest import Host
from benchmarks.ground import Ground, web


@dataclass
class Run:
    ground: Ground
    rounds: int
    stack: ExitStack
    small_database: str | None = None  # beside a large gallery, the address of the same one when it was small

    @cached_property
    def host(self) -> Host:
        """The web server that pages and API are asked from; it stays until the run ends."""
        port, pid = self.stack.enter_context(web(self.ground))
        return Host(port, (pid, *self.ground.server_pids))

    @cached_property
    def small_host(self) -> Host | None:
        """The same server, on the same core, over the small gallery."""
        if not self.small_database:
            return None
        port, pid = self.stack.enter_context(web(self.ground, env={"DATABASE_URL": self.small_database}))
        return Host(port, (pid, *self.ground.server_pids))
