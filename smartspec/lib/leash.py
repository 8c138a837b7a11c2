"""A child process that ends with its parent, even when the parent is killed outright.

As a program it becomes another one on such a leash: `python -m smartspec.lib.leash PARENT SIGNAL USER
PROGRAM ARGS…`. PARENT is its process id; USER a user id, or - to stay who we are (PostgreSQL refuses
to be root).
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def tie_to_parent(parent: int, number: int = signal.SIGKILL) -> None:
    """Have the kernel send `number` to this process when process `parent` ends (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
    if os.getppid() != parent:  # it died before the kernel was told
        os.kill(os.getpid(), number)


def become(parent: str, number: str, user: str, program: str, *args: str) -> None:
    if user != "-":
        os.setgroups([])
        os.setgid(int(user))
        os.setuid(int(user))
    tie_to_parent(int(parent), int(number))
    os.execvp(program, [program, *args])  # noqa: S606


if __name__ == "__main__":
    become(*sys.argv[1:])
