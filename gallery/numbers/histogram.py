"""Durations in buckets that may be added up: quantiles of any number of days without their rows.

A bucket is 5 % wide, so a quantile read from the middle of its bucket is at most 2.5 % off.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping

WIDTH = 1.05  # every bucket ends at this multiple of its beginning
STEP = math.log(WIDTH)
Histogram = dict[str, int]  # bucket: how many; a JSON document


def bucket(ms: float) -> int:
    """0 for less than a millisecond; bucket n ends just before WIDTH ** n ms."""
    return 0 if ms < 1 else math.floor(math.log(ms) / STEP) + 1


def middle(bucket: int) -> float:
    """The value in ms that stands for a bucket."""
    return 0.0 if bucket == 0 else WIDTH ** (bucket - 0.5)


def of(durations: Iterable[float]) -> Histogram:
    return {str(place): count for place, count in sorted(Counter(map(bucket, durations)).items())}


def merged(histograms: Iterable[Mapping[str, int]]) -> Counter[int]:
    total: dict[str, int] = {}
    for histogram in histograms:
        for place, count in histogram.items():
            total[place] = total.get(place, 0) + count
    return Counter({int(place): count for place, count in total.items()})


def quantile(histogram: Mapping[int, int], share: float) -> float | None:
    """In ms, by nearest rank like the timing that the API tells; None of nothing."""
    size = sum(histogram.values())
    rank = min(size - 1, int(share * size))
    for place in sorted(histogram):
        rank -= histogram[place]
        if rank < 0:
            return middle(place)
    return None
