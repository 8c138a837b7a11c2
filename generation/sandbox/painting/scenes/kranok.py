"""Gilded flame ornament on lacquer: wheels of petals and kranok flames, worked in low relief."""

import numpy as np

from ..canvas import Canvas, smooth
from ..colour import from_hex, mix, ramp
from ..noise import Field
from ..ornament import Pen, diaper, panel_border, wheel
from ..shapes import blurred

GOLD = [from_hex(code) for code in ("#2a1605", "#7a4a12", "#c8902f", "#f0cd78", "#fff6d6")]
LACQUERS = ("#4a0d12", "#0d0b0c", "#10243f", "#0f3328", "#3a1420")


def paint(c: Canvas) -> None:
    g = c.dice("kranok")
    ground(c, g)
    pen = Pen(c.width, c.height)
    diaper(pen, c.ratio, g)
    for x, y, size in layout(c.ratio, g):
        pen.clear(x, y, size * 1.04)
        wheel(pen, x, y, size, g.integers(2**31))
    panel_border(pen, c.ratio)
    relief(c, pen.mask())


def layout(ratio: float, g) -> list[tuple[float, float, float]]:
    """One great wheel in the middle, and quarters of others in the corners or halves at the edges."""
    unit = min(1.0, ratio)
    size = unit * (0.36 + 0.05 * g.random())
    corner = max(0.20, (np.hypot(ratio, 1.0) / 2 - size) * 0.86)
    corner = min(corner, 0.46 * unit)
    places = [(x, y, corner) for x in (0.0, ratio) for y in (0.0, 1.0)]
    if ratio > 1.5:
        gap = ratio / 2 - size - 0.05
        places += [
            (x, 0.5, min(0.20, gap * 0.36)) for x in (ratio / 2 - size - gap / 2, ratio / 2 + size + gap / 2)
        ]
    if ratio < 0.67:
        gap = 0.5 - size - 0.05
        places += [
            (ratio / 2, y, min(0.20, gap * 0.36)) for y in (0.5 - size - gap / 2, 0.5 + size + gap / 2)
        ]
    return [*places, (ratio / 2, 0.5, size)]


def ground(c: Canvas, g) -> None:
    """Lacquer: deep, a little clouded, with a soft shine above the middle."""
    own = c.palette.zenith if c.brief.colours else from_hex(LACQUERS[g.integers(len(LACQUERS))])
    lacquer = mix(own, c.palette.near, 0.35)
    depth = c.clouds("lacquer", cells=4, octaves=5)
    shine = np.exp(-((c.distance(c.ratio / 2, 0.38) / 0.55) ** 2))
    c.fill(lacquer * (0.70 + 0.30 * depth + 0.40 * shine)[..., None])


def relief(c: Canvas, mask: Field) -> None:
    """The drawing as beaten gold: height from blur, light from the upper left, a shadow on the lacquer."""
    body = smooth(0.10, 0.30, blurred(mask, 0.7))
    height = 0.60 * blurred(mask, c.height * 0.0022) + 0.40 * blurred(mask, c.height * 0.007)
    down, right = np.gradient(height)
    light = np.clip(0.46 - (right + down) * c.height * 0.016 + 0.14 * height, 0, 1)
    worn = c.clouds("leaf", cells=34, octaves=4)
    shift = max(1, round(c.height * 0.004))
    shadow = np.roll(blurred(mask, c.height * 0.005), (shift, shift), (0, 1))
    c.shade(1 - 0.60 * shadow * (1 - body))
    uneven = c.clouds("uneven gold", cells=2, octaves=3)
    far = np.exp(-((c.distance(c.ratio * 0.42, 0.36) / 0.75) ** 2))
    level = light * 0.82 + 0.12 * (worn - 0.5) + 0.16 * (uneven - 0.5) + 0.14 * (far - 0.5)
    c.lay(ramp(GOLD, np.clip(level, 0, 1)), body)
    c.glow(GOLD[3], 0.30 * smooth(0.66, 0.95, light) * body)
