"""Still and moving water that shows the picture above it."""

import numpy as np

from .canvas import Canvas, smooth
from .colour import mix
from .noise import octave, sampled


def reflect(c: Canvas, shore: float, *, calm: float = 0.6, tint: float = 0.35, depth: float = 1.0) -> None:
    """Everything above `shore` mirrored below it; `calm` 1 is glass, `tint` the water's own hue."""
    first = int(shore * c.height)
    above = c.merged()[:first]
    rows = c.height - first
    if rows < 2 or first < 2:
        return
    away = np.linspace(0, 1, rows, dtype=np.float32)[:, None]
    g = c.dice("ripples")
    far = 1 / (away + 0.06)
    bend = octave(c.width, rows, 9, g, stretch=4)
    ripple = np.sin(far * 26 + bend * 9) * 0.6 + np.sin(far * 61 + bend * 21) * 0.4
    reach = (1 - calm) * (0.010 + 0.045 * away) * c.height
    y = first - 1 - away * rows * depth + ripple * reach
    x = np.arange(c.width, dtype=np.float32)[None, :] + (bend - 0.5) * reach * 1.2 + ripple * reach * 0.25
    mirrored = sampled(above, x, np.clip(y, 0, first - 1))
    water = mix(c.palette.zenith, c.palette.near, 0.5)
    amount = tint * (0.35 + 0.65 * away) + 0.10 * (1 - calm) * ripple
    mirrored += (water - mirrored) * np.clip(amount, 0, 1)[..., None]
    whole = np.zeros((c.height, c.width, 3), np.float32)
    whole[first:] = mirrored
    c.plane(0.6)
    c.lay(whole, np.broadcast_to((c.y >= first / c.height).astype(np.float32), (c.height, c.width)))
    c.glow(mix(c.palette.horizon, c.palette.light, 0.4), 0.22 * np.exp(-np.abs(c.y - shore) / 0.004))
    sparkle = smooth(0.55, 1.0, ripple) * (1 - calm) * np.exp(-away / 0.35) * 0.10
    light = np.zeros((c.height, c.width), np.float32)
    light[first:] = sparkle * mirrored.max(axis=2)
    c.shimmer("glitter", mix(c.palette.horizon, c.palette.light, 0.5), light)
