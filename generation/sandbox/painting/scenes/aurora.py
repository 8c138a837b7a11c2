"""Curtains of northern light over snow and a still lake."""

import numpy as np

from ..canvas import Canvas, smooth
from ..colour import from_hex, mix, ramp
from ..mirror import reflect
from ..noise import enlarged, line
from ..shapes import polygon
from ..sky import stars

GREENS = ("#2ee6a6", "#57f2b0", "#8df7c4")
VIOLETS = ("#7a4fd6", "#b04fd0", "#4f7be0")


def paint(c: Canvas) -> None:
    g = c.dice("aurora")
    p = c.palette
    shore = 0.72 + 0.08 * g.random()
    c.fill(ramp([p.near * 0.7, p.zenith, mix(p.zenith, p.sky, 0.8)], np.clip(c.y / shore, 0, 1) + 0 * c.x))
    stars(c, shore, amount=1.6)
    low, high = from_hex(GREENS[g.integers(3)]), from_hex(VIOLETS[g.integers(3)])
    if c.brief.palette.sky[0] > c.brief.palette.sky[1] * 1.2:  # a palette that asks for red or violet
        low = mix(low, p.sky, 0.5)
    for number in range(3):
        curtain(c, number, shore, low, high)
    peaks(c, shore, low)
    pines(c, shore, g)
    reflect(c, shore, calm=0.85, tint=0.25)
    c.sounds.add("wind")


def curtain(c: Canvas, number: int, shore: float, low, high) -> None:
    """A hanging fold: bright at its foot, drawn up into rays, green below and violet above."""
    g = c.dice(f"curtain {number}")
    knots = g.random((1, 7))
    foot = shore - 0.16 - 0.13 * number - 0.20 * enlarged(knots, c.width, 1)[0]
    foot = foot + 0.02 * np.sin(c.x[0] * (9 + 5 * g.random()) + 6 * g.random())
    tall = 0.20 + 0.26 * enlarged(g.random((1, 9)), c.width, 1)[0]
    rays = np.zeros((1, c.width), np.float32)
    for cells, weight in ((14, 0.5), (47, 0.3), (130, 0.2)):
        rays = (
            rays
            + weight * np.interp(c.x[0] / c.ratio * cells, np.arange(cells + 1), g.random(cells + 1))[None, :]
        )
    above = (foot[None, :] - c.y) / tall[None, :]
    up = np.clip(above, 0, None)
    shape = (
        np.exp(-up * 2.1) * smooth(-0.16, 0.10, above) * smooth(1.9, 0.6, above) * (0.20 + 1.5 * rays**1.6)
    )
    patchy = 0.35 + 0.65 * enlarged(g.random((1, 5)), c.width, 1)
    colour = ramp([low, low, mix(low, high, 0.55), high, high], np.clip(above, 0, 1))
    c.glow(colour, 1.55 * shape * patchy * (1 - 0.22 * number))


def peaks(c: Canvas, shore: float, low) -> None:
    p = c.palette
    for number, tall in enumerate((0.20, 0.11)):
        g = c.dice(f"peak {number}")
        top = shore - tall * line(c.width, g, steps=max(2, round(3 * c.ratio)), roughness=0.5) - 0.01
        below = c.y - top[None, :]
        folds = c.ridged(f"snow {number}", cells=11, octaves=5, roughness=0.55)
        snow = smooth(0.35, 0.75, folds + 0.2 - below * 1.5)
        shade = mix(p.near, p.zenith, 0.6 - 0.3 * number)
        colour = (
            shade
            + (mix(mix(p.sky, p.light, 0.35), low, 0.16) * (0.62 + 0.15 * number) - shade) * snow[..., None]
        )
        c.lay(colour, c.cover(below))


def pines(c: Canvas, shore: float, g) -> None:
    c.plane(0.5)
    dark = c.palette.near * 0.6
    count = int(26 * c.ratio)
    for _ in range(count):
        x, tall = c.ratio * g.random(), 0.03 + 0.09 * g.random() ** 2
        c.lay(dark, *polygon(c, pine(x, shore + 0.004, tall, g)))
    c.lay(dark, c.cover(c.y - shore + 0.008) * (c.y < shore + 0.004))


def pine(x: float, foot: float, tall: float, g) -> list[tuple[float, float]]:
    """A spruce as a zigzag that widens downwards."""
    left, right = [], []
    steps = 8
    for step in range(steps):
        y = foot - tall * (1 - step / steps)
        wide = tall * 0.20 * (step + 0.6) / steps * (0.85 + 0.3 * g.random())
        left += [(x - wide, y + tall * 0.10), (x - wide * 0.45, y + tall * 0.09)]
        right += [(x + wide, y + tall * 0.10), (x + wide * 0.45, y + tall * 0.09)]
    return [(x, foot - tall * 1.08), *right, (x + tall * 0.02, foot), (x - tall * 0.02, foot), *left[::-1]]
