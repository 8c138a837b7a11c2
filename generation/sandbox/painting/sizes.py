"""Pixels for a ratio and a resolution: the ratio is kept exactly."""

from fractions import Fraction

LONG_EDGE = {"1K": 1024, "2K": 2048, "4K": 4096}
SKETCH_EDGE = 256


def as_fraction(ratio: str) -> Fraction:
    width, _colon, height = ratio.partition(":")
    return Fraction(int(width), int(height))


def still_size(ratio: Fraction, resolution: str, *, sketch: bool = False) -> tuple[int, int]:
    """About the area of a square with this edge, both sides even, e.g. 16:9 in 1K is 1376 x 774."""
    edge = SKETCH_EDGE if sketch else LONG_EDGE[resolution]
    if ratio.numerator > 64 or ratio.denominator > 64:  # the ratio of some photo: nearest even pixels
        height = (edge * edge / ratio) ** 0.5
        return even(float(height * ratio)), even(float(height))
    unit = even((edge * edge / (ratio.numerator * ratio.denominator)) ** 0.5)
    return ratio.numerator * unit, ratio.denominator * unit


def film_size(ratio: Fraction, short: int, *, sketch: bool = False) -> tuple[int, int]:
    """`short` is the shorter side; the longer one is rounded to an even number."""
    short = SKETCH_EDGE // 2 if sketch else short
    return (even(short * ratio), short) if ratio >= 1 else (short, even(short / ratio))


def even(value) -> int:
    return max(2, round(float(value) / 2) * 2)
