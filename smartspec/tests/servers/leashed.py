"""Becomes another program that ends with the process that started it: leashed.py SIGNAL USER PROGRAM ARGS…

A test run that is killed leaves no server behind. USER is a user id, or - to stay who we are:
PostgreSQL refuses to be root.
"""

import os
import sys

from smartspec.lib.leash import tie_to_parent


def main(number: str, user: str, program: str, *args: str) -> None:
    parent = os.getppid()
    if user != "-":
        os.setgroups([])
        os.setgid(int(user))
        os.setuid(int(user))
    tie_to_parent(parent, int(number))
    os.execvp(program, [program, *args])  # noqa: S606


if __name__ == "__main__":
    main(*sys.argv[1:])
