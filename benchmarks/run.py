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

    @cached_property
    def host(self) -> Host:
        """The web server that pages and API are asked from; it stays until the run ends."""
        port, pid = self.stack.enter_context(web(self.ground))
        return Host(port, (pid, *self.ground.server_pids))
