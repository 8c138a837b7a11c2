"""What each child is doing, in memory that outlives it: its deadline and the wake-up it holds.

Only the child writes its slot and only plain stores are used, so a killed child can leave no lock
behind. The parent reads the deadline; the child's replacement reads what was left undone.
"""

import json
import mmap
import struct
import time

SIZE = 64 * 1024
DEADLINE = struct.Struct("d")
LENGTH = struct.Struct("I")
BODY = DEADLINE.size + LENGTH.size


class Slot:
    def __init__(self):
        self.memory = mmap.mmap(-1, SIZE)  # anonymous and shared with every later child

    def arm(self, seconds: float) -> None:
        """From now on the child's work is overdue after `seconds`."""
        DEADLINE.pack_into(self.memory, 0, time.monotonic() + seconds)

    def hold(self, wakeup: dict) -> None:
        """Remember a JSON document until `clear`; one that does not fit is not remembered."""
        body = json.dumps(wakeup).encode()
        if len(body) <= SIZE - BODY:
            self.memory[BODY : BODY + len(body)] = body
            LENGTH.pack_into(self.memory, DEADLINE.size, len(body))

    def clear(self) -> None:
        DEADLINE.pack_into(self.memory, 0, 0.0)
        LENGTH.pack_into(self.memory, DEADLINE.size, 0)

    def is_overdue(self) -> bool:
        (deadline,) = DEADLINE.unpack_from(self.memory)
        return 0 < deadline < time.monotonic()

    def take(self) -> dict | None:
        """What the last process in this slot still held, and an empty slot."""
        (length,) = LENGTH.unpack_from(self.memory, DEADLINE.size)
        body = self.memory[BODY : BODY + length]
        self.clear()
        return json.loads(body) if body else None
