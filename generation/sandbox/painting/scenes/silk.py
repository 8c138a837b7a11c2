"""Silk in folds: a height field lit from the side, with the sheen of threads."""

import numpy as np

from ..canvas import Canvas, smooth
from ..colour import mix, ramp
from ..noise import normal, octave, sampled


def paint(c: Canvas) -> None:
    g = c.dice("silk")
    folds = fold_field(c, g)
    down, right = np.gradient(folds)
    steep = c.height * (0.58 + 0.12 * g.random())
    turn = main_direction(right, down) + (g.random() - 0.5) * 0.7
    across = (right * np.cos(turn) + down * np.sin(turn)) * steep
    along = (-right * np.sin(turn) + down * np.cos(turn)) * steep
    facing = 1 / np.sqrt(1 + across**2 + along**2)
    light = np.clip((0.70 - across * 0.70 - along * 0.25) * facing, 0, 1)
    sheen = np.clip((0.92 - np.abs(across + 0.52) * 0.85) * facing, 0, 1) ** 6
    p = c.palette
    base = [p.near, mix(p.near, p.zenith, 0.7), p.sky, mix(p.sky, p.horizon, 0.5)]
    colour = ramp(base, 0.08 + 0.90 * light)
    hollow = normal(folds)
    colour = colour * (0.62 + 0.38 * smooth(0.0, 0.55, hollow))[..., None]
    c.fill(colour)
    c.glow(mix(p.horizon, p.light, 0.35), 0.55 * sheen)
    second = smooth(0.55, 0.8, c.clouds("shot silk", cells=2, octaves=3))
    c.lay(
        colour * 0.55 + p.accent * 0.45 * (light + 0.4 * sheen)[..., None],
        0.35 * second * smooth(0.2, 0.7, light),
    )
    threads(c, g)


def main_direction(right: np.ndarray, down: np.ndarray) -> float:
    """Across the folds: where the height changes most."""
    return 0.5 * float(np.arctan2(2 * (right * down).mean(), (right**2 - down**2).mean()))


def fold_field(c: Canvas, g) -> np.ndarray:
    """Waves that lean over, bent by slower ones and drawn together where the cloth is gathered."""
    rows, columns = np.mgrid[0 : c.height, 0 : c.width].astype(np.float32)
    slow_x = octave(c.width, c.height, 1.6, g) - 0.5
    slow_y = octave(c.width, c.height, 1.6, g) - 0.5
    small = octave(c.width, c.height, 4, g) - 0.5
    reach = c.height * 0.42
    lean = (g.random() - 0.5) * 1.6
    u = (columns + slow_x * reach + small * reach * 0.22) / c.height
    v = (rows + slow_y * reach) / c.height
    phase = (u + lean * v) * (2.9 + 1.3 * g.random()) * np.pi
    phase = phase + 0.55 * np.sin(phase)  # one side of a fold is steep, the other long
    second, third = 0.40 * np.sin(phase * 2.1 + v * 3 + g.random() * 6), 0.15 * np.sin(phase * 4.3 - v * 5)
    base = octave(c.width, c.height, 3, g)
    bent = sampled(base, columns + slow_y * reach, rows + slow_x * reach)
    return ((np.sin(phase) + second + third) * 0.090 + bent * 0.18).astype(np.float32)


def threads(c: Canvas, g) -> None:
    """Seen only close by: warp and weft a pixel or two wide."""
    warp = octave(c.width, c.height, 6, g, stretch=0.02) - 0.5
    weft = octave(c.width, c.height, c.height / 2.5, g, stretch=60) - 0.5
    c.shade(1 + 0.05 * warp + 0.06 * weft)
