"""A skyline at its river: rows of buildings in haze, lit windows, the mirror of it all."""

from dataclasses import dataclass

import numpy as np

from ..canvas import Canvas, smooth
from ..colour import mix
from ..mirror import reflect
from ..noise import Field
from ..shapes import blurred
from ..sky import paint_sky, place_sun

ROWS = 4


@dataclass
class Skyline:
    """For every column: where the roof is, and which building with which window grid stands there."""

    roof: np.ndarray
    left: np.ndarray
    number: np.ndarray
    cell: np.ndarray


def paint(c: Canvas) -> None:
    g = c.dice("city")
    shore = 0.74 + 0.08 * g.random()
    sun = place_sun(c, low=shore - 0.22, high=0.15)
    paint_sky(c, shore, sun, cover=0.45)
    lamps = 1.0 if c.palette.dark or c.brief.time in ("night", "dusk") else 0.35
    for number in range(ROWS):
        if number == 2:
            c.plane(0.35)
        paint_row(c, number / (ROWS - 1), shore, lamps, number)
    reflect(c, shore, calm=0.72, tint=0.42, depth=1.15)
    c.sounds.add("traffic")


def skyline(c: Canvas, number: int, nearness: float, shore: float) -> Skyline:
    """Towers crowd around one centre; roofs are flat, stepped or pointed."""
    g = c.dice(f"row {number}")
    roof = np.full(c.width, shore, np.float32)
    left, building, cell = (np.zeros(c.width, np.float32) for _ in range(3))
    centre, count, x = c.ratio * (0.3 + 0.4 * g.random()), 0, -0.05
    while x < c.ratio:
        wide = c.unit * (0.035 + 0.055 * g.random()) * (0.8 + 0.5 * nearness)
        crowd = np.exp(-(((x - centre) / (0.42 * max(c.ratio, 0.8))) ** 2))
        tall = (0.10 + 0.20 * g.random() + 0.30 * crowd * g.random() ** 0.7) * (1.12 - 0.42 * nearness)
        inside = (c.x[0] >= x) & (c.x[0] < x + wide)
        roof[inside] = shore - tall - crown(c.x[0][inside], x, wide, g)
        left[inside], building[inside] = x, count + 31 * number
        cell[inside] = 0.0085 + 0.0055 * g.random()
        x += wide * (1.0 + (0.35 * g.random() if g.random() < 0.3 else 0.0))
        count += 1
    return Skyline(roof, left, building, cell)


def crown(x: np.ndarray, left: float, wide: float, g: np.random.Generator) -> np.ndarray:
    middle = np.abs(x - left - wide / 2) / (wide / 2)
    kind = g.random()
    if kind < 0.16:  # a mast
        return 0.11 * (middle < 0.07) + 0.02 * (middle < 0.5)
    if kind < 0.34:  # steps
        return 0.022 * (middle < 0.72) + 0.022 * (middle < 0.42) + 0.03 * (middle < 0.14)
    if kind < 0.44:  # a pointed roof
        return 0.05 * (1 - middle)
    if kind < 0.54:  # a slope
        return 0.035 * (x - left) / wide
    return np.zeros_like(x)


def paint_row(c: Canvas, nearness: float, shore: float, lamps: float, number: int) -> None:
    p = c.palette
    s = skyline(c, number, nearness, shore)
    body = c.cover(c.y - s.roof[None, :], 1.0) * (c.y <= shore)
    wall = mix(p.horizon, p.land(0.30 + 0.70 * nearness), 0.45 + 0.50 * nearness)
    tone = 0.92 + 0.16 * hashed(s.number, 3.0, 0.0)[None, :]
    rise = smooth(0.0, 0.5, shore - c.y)[..., None]
    haze = mix(p.horizon, p.far, 0.5)
    colour = wall * tone[..., None] * rise + mix(wall, haze, 0.55 - 0.35 * nearness) * (1 - rise)
    c.lay(colour, body)
    lit = windows(c, s, shore) * body * lamps * (0.35 + 0.65 * nearness)
    warm = mix(p.light, p.accent, 0.45)
    c.lay(np.minimum(warm * 1.05, 1), np.clip(lit, 0, 1) * 0.92)
    if lamps > 0.5:
        c.glow(warm, 0.38 * blurred(lit, c.height * 0.012))
        c.shimmer("flicker", warm, 0.25 * lit)


def windows(c: Canvas, s: Skyline, shore: float) -> Field:
    """A grid for each building; floors are level whatever the roof does."""
    across = (c.x[0] - s.left) / np.maximum(s.cell, 1e-4)
    down = (shore - c.y) / np.maximum(s.cell, 1e-4)[None, :] / 1.25
    under = c.y - s.roof[None, :] - 0.9 * s.cell[None, :]
    column, floor = np.floor(across)[None, :], np.floor(down)
    chance = hashed(s.number[None, :] + column * 7.13, floor, 1.7)
    busy = 0.20 + 0.34 * hashed(s.number, 11.0, 5.0)[None, :]
    frame = (np.abs(across - np.floor(across) - 0.5)[None, :] < 0.28) & (np.abs(down - floor - 0.5) < 0.30)
    glow = 0.45 + 0.55 * hashed(s.number[None, :] + column, floor * 3.1, 9.2)
    return np.where(frame & (chance < busy) & (floor >= 1) & (under > 0), glow, 0).astype(np.float32)


def hashed(a, b, c) -> np.ndarray:
    """A number between 0 and 1 for three others, always the same."""
    wave = np.sin(np.asarray(a) * 12.9898 + np.asarray(b) * 78.233 + c * 37.719) * 43758.5453
    return (wave - np.floor(wave)).astype(np.float32)
