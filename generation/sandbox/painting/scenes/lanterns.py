"""Hundreds of paper lanterns rising over dark water, near ones large and soft."""

import numpy as np

from ..canvas import Canvas, smooth
from ..colour import mix, ramp
from ..mirror import reflect
from ..noise import line
from ..sky import Sun, gradient, stars


def paint(c: Canvas) -> None:
    g = c.dice("lanterns")
    shore = 0.80 + 0.06 * g.random()
    c.fill(gradient(c, shore * 1.1, Sun(c.ratio * 0.5, shore, 0.1)) * 0.75)
    stars(c, shore, amount=0.8)
    clouds = c.clouds("smoke", cells=3, octaves=5, stretch=2)
    warm = mix(c.palette.accent, c.palette.light, 0.3)
    c.glow(warm, 0.16 * smooth(0.45, 0.9, clouds) * smooth(0.0, 0.8, c.y))
    c.glow(
        warm,
        0.25 * np.exp(-np.abs(c.y - shore) / 0.10) * np.exp(-(((c.x - c.ratio / 2) / (0.5 * c.ratio)) ** 2)),
    )
    crowd(c, g, count=int(150 * max(0.7, c.ratio)), low=0.006, high=0.016, foot=shore - 0.01)
    trees(c, shore)
    crowd(c, g, count=int(26 * max(0.7, c.ratio)), low=0.018, high=0.034, foot=shore - 0.06)
    reflect(c, shore, calm=0.55, tint=0.30)
    c.plane(0.9)
    crowd(c, g, count=5 + g.integers(4), low=0.045, high=0.085, foot=0.72)
    c.sounds.add("crickets")


def crowd(c: Canvas, g, *, count: int, low: float, high: float, foot: float) -> None:
    """They rise in a slanting stream, denser towards its middle."""
    lean = (g.random() - 0.5) * 0.5
    middle = c.ratio * (0.35 + 0.3 * g.random())
    for _ in range(count):
        y = foot * g.random() ** 0.75
        spread = c.ratio * (0.22 + 0.30 * g.random())
        x = middle + lean * (foot - y) + spread * g.normal() * 0.6
        lantern(c, x, y, c.unit * (low + (high - low) * g.random() ** 2), g)


def lantern(c: Canvas, x: float, y: float, size: float, g) -> None:
    p = c.palette
    spot = c.patch(x, y, size * 5)
    if spot is None:
        return
    sway = 0.12 * (g.random() - 0.5)
    u, v = (spot.x + sway * spot.y) / size, spot.y / size
    wide = 0.80 - 0.22 * np.clip(v, -1, 1) - 0.35 * smooth(-0.65, -1.15, v)
    inside = np.minimum(wide - np.abs(u), 1.12 - np.abs(v + 0.0 * u)) * size
    flame = np.exp(-(u**2) / 0.30 - ((v - 0.75) ** 2) / 0.55)
    folds = 1 - 0.06 * np.cos(u / wide * 9)
    fire = ramp(
        [mix(p.accent, p.near, 0.35), p.accent, mix(p.accent, p.light, 0.65), p.light], 0.25 + 0.75 * flame
    )
    away = np.hypot(u, v * 0.9)
    bright = 0.65 + 0.35 * g.random()
    c.glow(
        mix(p.accent, p.light, 0.25),
        bright * (0.34 * np.exp(-((away / 1.5) ** 2)) + 0.10 * np.exp(-away / 1.1)),
        spot,
    )
    c.lay(fire * folds[..., None] * bright, c.cover(inside, 1.5 + size * c.height * 0.06), spot)


def trees(c: Canvas, shore: float) -> None:
    g = c.dice("trees")
    top = shore - 0.02 - 0.05 * line(c.width, g, steps=6, octaves=9, roughness=0.72)
    c.lay(c.palette.near * 0.55, c.cover(c.y - top[None, :]) * (c.y <= shore + 0.01))
