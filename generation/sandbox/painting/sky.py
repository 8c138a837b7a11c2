"""Skies: the gradient, clouds lit by the sun, the sun or moon itself, stars."""

from dataclasses import dataclass

import numpy as np

from .canvas import Canvas, smooth
from .colour import mix, ramp
from .noise import Field

CLOUD_DEPTH = -1.0  # in a film clouds drift against the camera


@dataclass(frozen=True)
class Sun:
    x: float
    y: float
    radius: float


def place_sun(c: Canvas, *, low: float, high: float) -> Sun:
    """Off the middle, between the heights `low` (nearer the horizon) and `high`."""
    g = c.dice("sun")
    side = 0.30 if g.random() < 0.5 else 0.70
    x = c.ratio * (side + (g.random() - 0.5) * 0.24)
    return Sun(x, high + (low - high) * g.random(), c.unit * (0.035 + 0.04 * g.random()))


def gradient(c: Canvas, horizon: float, sun: Sun) -> np.ndarray:
    """Zenith to horizon; the warm end comes up higher on the sun's side."""
    p = c.palette
    aside = np.abs(c.x - sun.x) / max(c.ratio, 1)
    height = np.clip(c.y / horizon, 0, 1) ** 1.15 * (1 - 0.10 * aside**0.9) + 0.02 * (1 - aside)
    return ramp([p.zenith, mix(p.zenith, p.sky, 0.6), p.sky, p.horizon], np.clip(height, 0, 1))


def paint_sky(c: Canvas, horizon: float, sun: Sun, *, cover: float = 0.5, disc: bool = True) -> None:
    """`cover` is how much of the sky clouds take, 0 to 1."""
    c.fill(gradient(c, horizon, sun))
    if c.palette.dark or "stars" in c.brief.weather:
        stars(c, horizon)
    halo(c, sun, 0.9)
    if disc:
        paint_disc(c, sun)
    if cover > 0:
        paint_clouds(c, horizon, sun, cover)


def halo(c: Canvas, sun: Sun, strength: float) -> None:
    far = c.distance(sun.x, sun.y) / c.unit
    warm = mix(c.palette.horizon, c.palette.light, 0.5)
    c.glow(warm, strength * (0.30 * np.exp(-far / 0.22) + 0.22 * np.exp(-((far / 0.10) ** 2))))


def paint_disc(c: Canvas, sun: Sun) -> None:
    away = c.distance(sun.x, sun.y)
    disc = c.cover(sun.radius - away, 2.0)
    if c.palette.dark:  # a moon has seas and a slightly darker limb
        seas = c.clouds("moon", cells=22, octaves=3)
        tint = 1 - 0.10 * smooth(0.5, 0.75, seas) - 0.12 * (away / sun.radius) ** 3
        c.lay(c.palette.light * np.clip(tint, 0.7, 1)[..., None], disc)
    else:
        c.lay(np.minimum(c.palette.light * 1.02, 1), disc)


def stars(c: Canvas, horizon: float, amount: float = 1.0) -> None:
    g = c.dice("stars")
    count = int(420 * max(c.ratio, 0.7) * amount)
    field = np.zeros((c.height, c.width), np.float32)
    rows = (g.random(count) ** 1.3 * horizon * c.height).astype(int)
    columns = (g.random(count) * c.width).astype(int)
    brightness = (0.15 + 0.85 * g.random(count) ** 5).astype(np.float32)
    seen = rows < c.height
    np.maximum.at(field, (rows[seen], np.minimum(columns[seen], c.width - 1)), brightness[seen])
    bright = np.where(field > 0.55, field, 0)
    blur = sum(np.roll(bright, shift, axis) for shift in (-1, 1) for axis in (0, 1))
    fade = smooth(1.0, 0.55, c.y / horizon)
    c.shimmer("twinkle", np.array([1, 0.97, 0.92], np.float32), (field + 0.45 * blur) * fade)


def cloud_shape(c: Canvas, horizon: float, cover: float) -> Field:
    """Banks that grow flatter towards the horizon."""
    wide = c.clouds("cloud banks", cells=3.2, octaves=6, roughness=0.52, stretch=2.4)
    thin = c.clouds("cloud veils", cells=9, octaves=4, roughness=0.5, stretch=6)
    low = np.clip(c.y / horizon, 0, 1)
    shape = wide * (1 - 0.55 * low) + thin * 0.55 * low
    edge = 0.74 - 0.34 * cover
    return smooth(edge, edge + 0.32, shape) * smooth(1.02, 0.80, low)


def paint_clouds(c: Canvas, horizon: float, sun: Sun, cover: float) -> None:
    p = c.palette
    shape = cloud_shape(c, horizon, cover)
    towards = np.exp(-c.distance(sun.x, sun.y) / (0.55 * c.unit))
    step = max(2, c.height // 90)
    slope = np.clip((shape - np.roll(shape, step if sun.y < 0.5 * horizon else -step, axis=0)) * 1.6, -1, 1)
    lit = np.clip(0.42 + 0.40 * towards + 0.35 * slope, 0, 1)
    shadow = mix(p.zenith, p.sky, 0.55)
    colour = ramp([shadow, mix(p.sky, p.horizon, 0.45), mix(p.horizon, p.light, 0.55)], lit)
    c.plane(CLOUD_DEPTH)
    c.lay(colour, shape * (0.80 if not p.dark else 0.55))
    c.plane(0.1)
