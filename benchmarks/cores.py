"""Who runs where: the server alone on one core, the load on another."""

import os
import shutil

_allowed = sorted(os.sched_getaffinity(0))
SERVER_CORE, LOAD_CORE = _allowed[0], _allowed[-1]


def on_core(core: int, command: list[str]) -> list[str]:
    """The command pinned to a core, where `taskset` exists."""
    taskset = shutil.which("taskset")
    return [taskset, "-c", str(core), *command] if taskset else command
