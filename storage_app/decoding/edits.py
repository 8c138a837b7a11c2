"""Changes to a file that touch nothing but what they name: found in the child, carried out by its parent."""

import base64
from dataclasses import dataclass


@dataclass(frozen=True)
class Edit:
    """At byte `at`, take `remove` bytes away and put `insert` in their place."""

    at: int
    remove: int = 0
    insert: bytes = b""

    def told(self) -> list:
        return [self.at, self.remove, base64.b64encode(self.insert).decode()]


def told(edits: list[Edit]) -> list[list]:
    """As JSON, in the order of the file."""
    return [edit.told() for edit in sorted(edits, key=lambda edit: edit.at)]
