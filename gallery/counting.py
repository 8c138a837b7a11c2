"""Counting views and likes: each is one small row at first, and batches of them end in the counters."""

import math

LIKE_WORTH = 10_000  # more than any number of views is worth
STEPS = 16  # for every doubling of views


def popularity(*, views: int, likes: int) -> int:
    """Most liked first, then most seen; moves in steps of a few percent, so that its index rests."""
    return likes * LIKE_WORTH + min(LIKE_WORTH - 1, round(STEPS * math.log2(1 + views)))
