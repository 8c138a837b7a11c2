"""What a drawing is made of. Every place is a share of the width, so that a chart fits any screen and its
words stay legible.

Along the days, shapes stand in a coordinate system of one unit per day and 100 in height, which is stretched;
words stand outside it, in percent and pixels.
"""

from dataclasses import dataclass, field
from typing import NamedTuple


class Label(NamedTuple):
    place: str  # percent across, or pixels down
    text: str


class Column(NamedTuple):
    """One part of a stacked column."""

    x: str
    y: str
    height: str
    kind: int


class Line(NamedTuple):
    path: str
    kind: str
    end: str = ""  # a path of one point


class Key(NamedTuple):
    """A line of the legend."""

    title: str
    kind: str


class Told(NamedTuple):
    """What is said of one day when the pointer rests on it."""

    x: int
    text: str


class Bar(NamedTuple):
    top: int
    label: str
    value: str
    start: str  # percent
    width: str
    is_below_zero: bool = False


@dataclass
class Drawing:
    """`shape` names the template."""

    shape: str
    summary: str
    height: int = 0
    width: int = 0
    columns: list[Column] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    ticks: list[Label] = field(default_factory=list)
    days: list[Label] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)


def short(number: float) -> str:
    return f"{number:.4g}"
