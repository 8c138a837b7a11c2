import math
import random

import pytest

from gallery.numbers import histogram


@pytest.mark.parametrize(
    ("ms", "bucket"),
    [(0, 0), (0.4, 0), (1, 1), (1.04, 1), (1.06, 2), (100, 95), (1000, 142), (86_400_000, 375)],
)
def test_every_duration_has_its_bucket(ms, bucket):
    assert histogram.bucket(ms) == bucket


@pytest.mark.parametrize("ms", [1, 17, 999, 60_000, 3.6e6, 8.64e7, 3e10])
def test_the_middle_of_a_bucket_is_at_most_two_and_a_half_percent_off(ms):
    assert math.isclose(histogram.middle(histogram.bucket(ms)), ms, rel_tol=0.025)


def test_nothing_has_no_quantile():
    assert histogram.quantile({}, 0.5) is None


def test_parts_add_up_to_the_whole():
    chance = random.Random(3)
    values = [chance.lognormvariate(8, 2) for _n in range(500)]
    parts = [histogram.of(values[start : start + 100]) for start in range(0, 500, 100)]
    assert histogram.merged(parts) == histogram.merged([histogram.of(values)])


@pytest.mark.parametrize("size", [1, 2, 3, 19, 20, 21, 100])
@pytest.mark.parametrize("share", [0.0, 0.5, 0.95, 1.0])
def test_a_quantile_lies_in_the_bucket_of_the_nearest_rank(size, share):
    chance = random.Random(size)
    values = sorted(chance.lognormvariate(6, 1) for _n in range(size))
    exact = values[min(size - 1, int(share * size))]
    found = histogram.quantile(histogram.merged([histogram.of(values)]), share)
    assert histogram.bucket(found) == histogram.bucket(exact)
