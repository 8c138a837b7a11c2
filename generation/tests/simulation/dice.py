"""What goes wrong and how often, decided by one seed: the same seed tells the same story again."""

import random
from collections import Counter

CRASH = 0.03  # at each crash point
CRASH_WHERE_SELDOM = {"confirm.read": 0.2, "late.stored": 0.3, "delete.released": 0.2, "store.recorded": 0.15}
CRASH_WHERE_SELDOM |= {"complete.captured": 0.08, "complete.moved": 0.08, "complete.committed": 0.08}
RATES = {  # fault: how often where it may happen
    # a process
    "pause": 0.15,
    # an order on its way
    "connection refused": 0.06,
    "order lost": 0.05,
    "order refused: rate": 0.05,
    "order refused: maintenance": 0.03,
    "order refused: unclear": 0.02,
    "order refused: credit": 0.01,
    "order met a gateway error": 0.03,
    # an order taken, its answer not
    "callback before the answer": 0.06,
    "answer late": 0.08,
    "answer lost": 0.08,
    "answer replaced by a gateway error": 0.04,
    "answer cut short": 0.03,
    # what becomes of it
    "generation fails": 0.12,
    "generation gets stuck": 0.05,
    "generation takes far too long": 0.15,
    "success without a file": 0.02,
    # a reading
    "reading lost": 0.05,
    "reading slow": 0.06,
    "reading met a gateway error": 0.03,
    "reading garbled": 0.03,
    "record not visible yet": 0.1,
    "reading out of date": 0.08,
    "state unknown": 0.03,
    # a file
    "address gone": 0.06,
    "file cut short": 0.05,
    "file damaged": 0.05,
    "page instead of a file": 0.03,
    "address of a stranger": 0.03,
    "file slow": 0.08,
    # a callback
    "callback lost": 0.25,
    "callback twice": 0.2,
    "callback repeated later": 0.3,
    "callback with a false signature": 0.25,
    "callback with a false token": 0.25,
    "callback with an old signature": 0.25,
    "callback with a lying body": 0.25,
    "callback of another order": 0.25,
    # time
    "clock stepped back": 0.1,
}


class Dice:
    def __init__(self, seed: int):
        self.random = random.Random(seed)
        self.counts: Counter[str] = Counter()
        self.story: list[str] = []
        self.calm = False

    def kills(self, point: str) -> bool:
        return self.falls(f"crash: {point}", CRASH_WHERE_SELDOM.get(point, CRASH))

    def falls(self, fault: str, rate: float | None = None) -> bool:
        """Does this fault happen here and now? Never once things are calm."""
        if self.calm or self.random.random() >= (RATES[fault] if rate is None else rate):
            return False
        self.counts[fault] += 1
        self.tell(fault)
        return True

    def tell(self, event: str) -> None:
        self.story.append(event)
