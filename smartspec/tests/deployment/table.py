"""The checks, one line each as they are made, and whether all of them held."""

from typing import NamedTuple

SIGNS = {True: "ok", False: "--", None: ".."}


class Check(NamedTuple):
    name: str
    held: bool | None  # None: it could not be made here
    said: str


class Table:
    def __init__(self):
        self.checks: list[Check] = []

    def check(self, name: str, held: bool | None, said: str = "") -> None:
        check = Check(name, None if held is None else bool(held), said)
        self.checks.append(check)
        print(f"  {SIGNS[check.held]}  {name}{': ' if said else ''}{said}", flush=True)

    def skip(self, name: str, reason: str) -> None:
        self.check(name, None, reason)

    def all_held(self) -> bool:
        return all(check.held is not False for check in self.checks)

    def broken(self) -> list[Check]:
        return [check for check in self.checks if check.held is False]
