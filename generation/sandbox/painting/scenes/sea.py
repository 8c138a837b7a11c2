"""Open water under a low sun or moon, its path of light broken by the waves."""

import numpy as np

from ..canvas import Canvas, smooth
from ..colour import mix, ramp
from ..noise import normal, octave, soft_line
from ..shapes import least
from ..sky import Sun, paint_sky, place_sun


def paint(c: Canvas) -> None:
    g = c.dice("sea")
    horizon = 0.42 + 0.18 * g.random()
    sun = place_sun(c, low=horizon - 0.09, high=horizon - 0.30)
    paint_sky(c, horizon, sun, cover=0.3 + 0.3 * g.random())
    if g.random() < 0.6:
        islands(c, horizon, g)
    c.plane(0.5)
    water(c, horizon, sun)
    if "boat" in c.brief.things or g.random() < 0.35:
        boat(c, horizon, sun, g)
    c.sounds.add("sea")


def islands(c: Canvas, horizon: float, g) -> None:
    """One or two low islands on the line where water and sky meet."""
    for number in range(1 + g.integers(2)):
        middle, reach = c.ratio * (0.12 + 0.76 * g.random()), c.ratio * (0.10 + 0.16 * g.random())
        hump = soft_line(c.width, g, steps=8) * np.exp(-(((c.x[0] - middle) / reach) ** 4))
        top = horizon - hump * (0.03 + 0.05 * g.random())
        colour = mix(c.palette.far, c.palette.horizon, 0.35 - 0.2 * number)
        c.lay(colour, c.cover(c.y - top[None, :]) * (c.y < horizon + c.pixel))


def wave_field(c: Canvas, horizon: float) -> tuple[np.ndarray, np.ndarray]:
    """Wave height -1..1 in perspective, and the depth 0 (horizon) to 1 (foot of the picture)."""
    depth = np.clip((c.y - horizon) / (1 - horizon), 0, 1)
    far = 1 / (depth + 0.045)
    g = c.dice("waves")
    swell = octave(c.width, c.height, 16, g, stretch=5) + 0.5 * octave(c.width, c.height, 42, g, stretch=4)
    bend = octave(c.width, c.height, 5, g, stretch=1.5)
    rows = np.sin(far * 17 + bend * 7 + swell * 5)
    fine = np.sin(far * 43 + bend * 15 + swell * 13)
    return rows * 0.6 + fine * 0.4, depth


def water(c: Canvas, horizon: float, sun: Sun) -> None:
    p = c.palette
    wave, depth = wave_field(c, horizon)
    body = ramp(
        [mix(p.horizon, p.sky, 0.5), mix(p.sky, p.far, 0.5), mix(p.zenith, p.near, 0.35), p.near], depth**0.75
    )
    tilt = wave * (0.05 + 0.16 * depth)
    colour = (
        body * (1 + tilt)[..., None] + (mix(p.sky, p.horizon, 0.5) * np.clip(tilt, 0, 1)[..., None]) * 0.8
    )
    sparkle = normal(octave(c.width, c.height, 70, c.dice("sparkle"), stretch=2.5))
    spread = (sun.radius * 0.9 + (0.05 + 0.22 * depth) * c.unit) * (1 + 0.25 * wave)
    path = np.exp(-(((c.x - sun.x + 0.03 * wave * depth) / spread) ** 2))
    broken = smooth(0.05, 0.75, wave * 0.7 + sparkle * 0.9 - 0.25)
    below = c.cover(c.y - horizon)
    c.lay(colour, below)
    c.lay(mix(p.horizon, p.light, 0.4), below * np.exp(-depth / 0.012) * 0.55)
    strength = below * path * broken * (1.0 - 0.45 * depth)
    c.glow(mix(p.light, p.horizon, 0.25), 0.42 * strength)
    c.shimmer("glitter", mix(p.light, p.horizon, 0.1), 0.45 * strength)


def boat(c: Canvas, horizon: float, sun: Sun, g) -> None:
    """A small sailing boat near the path of light, with its reflection."""
    size = c.unit * (0.05 + 0.05 * g.random())
    x = np.clip(sun.x + (g.random() - 0.5) * 0.5 * c.unit, size * 2, c.ratio - size * 2)
    y = horizon + size * (0.55 + 0.8 * g.random())
    u, v = (c.x - x) / size, (c.y - y) / size
    hull = least(0.55 - 0.35 * u * u - np.abs(v) * 2.2, v + 0.06)
    sail = least(v + 1.75, -v - 0.12, u + 0.03, 0.66 * (1.75 + v) / 1.6 - u)
    jib = least(v + 1.5, -v - 0.2, -u - 0.07, u + 0.5 * (1.5 + v) / 1.3 + 0.05)
    dark = mix(c.palette.near, c.palette.zenith, 0.25)
    broken = np.sin(v * 26 + u * 3) * 0.4 + 0.6
    c.lay(dark, 0.5 * broken * np.exp(-((u / 0.75) ** 2)) * smooth(0.05, 0.15, v) * smooth(1.7, 0.2, v))
    for part, light in ((sail, 0.3), (jib, 0.2), (hull, 0.0)):
        c.lay(mix(dark, c.palette.light, light), c.cover(part * size))
