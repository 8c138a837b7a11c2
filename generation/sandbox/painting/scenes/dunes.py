"""Dunes: one lit face, one in shadow, a knife edge between them, ripples at one's feet."""

import numpy as np

from ..canvas import Canvas, smooth
from ..colour import mix, ramp
from ..noise import octave, soft_line
from ..shapes import polygon
from ..sky import paint_sky, place_sun

ROWS = 5


def paint(c: Canvas) -> None:
    g = c.dice("dunes")
    horizon = 0.42 + 0.10 * g.random()
    sun = place_sun(c, low=horizon - 0.04, high=0.14)
    paint_sky(c, horizon + 0.05, sun, cover=0.22)
    from_left = sun.x < c.ratio / 2
    caravan_row = 1 + g.integers(2)
    for number in range(ROWS):
        if number in (2, 4):
            c.plane(0.25 * number)
        top = dune(c, number, number / (ROWS - 1), horizon, from_left)
        if number == caravan_row:
            caravan(c, top, g)
    c.sounds.add("wind")


def dune(c: Canvas, number: int, nearness: float, horizon: float, from_left: bool) -> np.ndarray:
    p = c.palette
    g = c.dice(f"dune {number}")
    shape = soft_line(c.width, g, steps=2, octaves=2, roughness=0.35)
    top = horizon + 0.02 + (0.96 - horizon) * nearness**1.1 * 0.80 - (0.17 - 0.02 * number) * shape
    below = np.clip(c.y - top[None, :], 0, None)
    ridge = ridge_lines(c, g, below, nearness, top)
    lit = ridge if from_left else 1 - ridge
    ripples = ripple_field(c, g, below, nearness)
    slope = np.gradient(top) * c.height * (0.6 if from_left else -0.6)
    bright = mix(mix(p.horizon, p.accent, 0.18), p.light, 0.10)
    ladder = [
        mix(p.near, p.zenith, 0.35),
        mix(p.far, p.near, 0.40),
        p.far,
        mix(p.sky, p.horizon, 0.55),
        bright,
    ]
    level = 0.30 + 0.48 * lit + 0.10 * np.clip(slope, -1, 1)[None, :] + 0.055 * ripples * (0.5 + nearness)
    level = level - 0.12 * smooth(0.0, 0.45, below) - 0.06 * nearness
    colour = ramp(ladder, np.clip(level, 0, 1))
    air = (1 - nearness) ** 1.6 * 0.62
    colour = colour + (mix(p.horizon, p.far, 0.25) - colour) * air
    c.lay(colour, c.cover(c.y - top[None, :]))
    c.glow(
        mix(p.horizon, p.light, 0.5),
        0.22 * np.exp(-below / 0.006) * (c.y > top[None, :]) * (0.4 + 0.6 * nearness),
    )
    return top


def ridge_lines(c: Canvas, g, below, nearness: float, top) -> np.ndarray:
    """1 on the windward faces, 0 on the lee ones. Each summit sends one bent edge down towards us;
    away from the edge both faces fade into the even slope of the sand."""
    slope = np.full(below.shape, 0.55, np.float32)
    for summit in summits(top, c.width):
        wave = (0.03 + 0.06 * nearness) * np.sin(below * (13 - 5 * nearness) + g.random() * 6)
        lean = (0.5 + 0.8 * g.random()) * (1 if g.random() < 0.7 else -1)
        away = c.x - c.x[0, summit] - wave + wave[0] - below * lean
        reach = (0.16 + 0.20 * nearness) * (0.7 + 0.6 * g.random()) * max(c.ratio, 0.8)
        windward = 0.55 + 0.45 * np.exp(np.clip(away, None, 0) / reach)
        lee = 0.55 - 0.62 * np.exp(-np.clip(away, 0, None) / reach / (1 + 0.8 * below / reach))
        edge = c.cover(away, 2.0)
        slope = np.minimum(slope, lee) * edge + np.maximum(slope, windward) * (1 - edge)
    return np.clip(slope, 0, 1)


def summits(top: np.ndarray, width: int) -> list[int]:
    """Columns of the local heights of a dune's outline, a third of the picture apart at least."""
    order = np.argsort(top[:: max(1, width // 200)])
    chosen: list[int] = []
    for index in order[:120] * max(1, width // 200):
        if all(abs(index - other) > width / 3 for other in chosen) and 0.04 < index / width < 0.96:
            chosen.append(int(index))
    return chosen[:2]


def ripple_field(c: Canvas, g, below, nearness: float) -> np.ndarray:
    bend = octave(c.width, c.height, 6, g, stretch=2)
    fine = octave(c.width, c.height, 22, g, stretch=3)
    depth = below + 0.05
    lines = np.sin(np.log(depth) * 42 + bend * 9 + fine * 3)
    grain = octave(c.width, c.height, c.height / 3, g) - 0.5
    return lines * smooth(0.0, 0.12, below) * (0.3 + nearness) + 0.8 * grain


def caravan(c: Canvas, top: np.ndarray, g) -> None:
    """A few camels on a crest, small against the sand."""
    dark = mix(c.palette.near, c.palette.zenith, 0.2)
    start, size = c.ratio * (0.2 + 0.45 * g.random()), 0.020 * c.unit + 0.008
    for number in range(4 + g.integers(3)):
        x = start + number * size * 1.9
        column = int(np.clip(x * c.height, 0, c.width - 1))
        c.lay(dark, *polygon(c, *camel(x, float(top[column]) + size * 0.05, size)))


def camel(x: float, foot: float, size: float):
    body = [(-.45, -.55), (-.35, -.72), (-.18, -.95), (.0, -.74), (.12, -.95), (.28, -.70), (.42, -.66),
            (.58, -.98), (.74, -1.0), (.76, -.93), (.62, -.86), (.50, -.52), (.30, -.42),
            (-.38, -.40)]  # fmt: skip
    yield [(x + a * size, foot + b * size) for a, b in body]
    for leg in (-0.36, -0.24, 0.22, 0.34):
        yield [(x + (leg - 0.03) * size, foot - 0.45 * size), (x + (leg + 0.03) * size, foot - 0.45 * size),
               (x + (leg + 0.02) * size, foot), (x + (leg - 0.02) * size, foot)]  # fmt: skip
