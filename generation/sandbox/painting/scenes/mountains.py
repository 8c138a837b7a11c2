"""Layered ridges in haze, the mist lying in the valleys between them."""

import numpy as np

from ..canvas import Canvas, smooth
from ..colour import mix
from ..noise import line, normal, soft_line
from ..sky import Sun, halo, paint_sky, place_sun

RIDGES = 6


def paint(c: Canvas) -> None:
    g = c.dice("mountains")
    horizon = 0.46 + 0.14 * g.random()
    sun = place_sun(c, low=horizon - 0.05, high=0.16)
    misty = "mist" in c.brief.weather
    paint_sky(c, horizon + 0.12, sun, cover=0.25 if misty else 0.45, disc=not misty or g.random() < 0.6)
    sharp = 0.44 + 0.12 * g.random()
    for number in range(RIDGES):
        nearness = number / (RIDGES - 1)
        if number in (2, 4):
            c.plane(0.25 + 0.5 * nearness)
        paint_ridge(c, number, nearness, horizon, sharp, sun, misty)
    c.sounds.add("wind")


def crest(c: Canvas, number: int, nearness: float, horizon: float, sharp: float) -> np.ndarray:
    """Height of the ridge for every column; the second one carries the peak of the picture."""
    g = c.dice(f"ridge {number}")
    rough = line(c.width, g, steps=max(2, round(2 * c.ratio)), octaves=9, roughness=sharp - 0.06 * nearness)
    calm = soft_line(c.width, g, steps=max(2, round(3 * c.ratio)))
    shape = normal(rough * (1 - 0.6 * nearness) + calm * (0.25 + 0.6 * nearness))
    if number == 1:
        peak = (0.3 + 0.4 * g.random()) * c.ratio
        shape = shape * 0.55 + 0.55 * np.exp(-(((c.x[0] - peak) / (0.28 * max(c.ratio, 0.8))) ** 2))
    base = horizon + 0.06 + (0.96 - horizon) * nearness**1.25 * 0.92
    return base - shape * (0.27 - 0.13 * nearness)


def paint_ridge(c, number, nearness, horizon, sharp, sun: Sun, misty: bool) -> None:
    p = c.palette
    top = crest(c, number, nearness, horizon, sharp)
    below = c.y - top[None, :]
    body = mix(p.land(0.12 + 0.88 * nearness**1.3), p.horizon, 0.42 * (1 - nearness) ** 2)
    texture = c.ridged(f"folds {number}", cells=9 - 3 * nearness, octaves=5, roughness=0.55)
    slope = np.convolve(np.pad(np.gradient(top), 20, mode="edge"), np.ones(41) / 41, mode="valid")
    lit = slope[None, :] * c.height * (1 if sun.x < c.ratio / 2 else -1)
    light = 1 + 0.10 * np.clip(lit, -1, 1) * np.exp(-np.clip(below, 0, None) / 0.10)
    colour = body * (light * (0.90 + 0.20 * texture))[..., None]
    fog = smooth(0.0, 0.30 - 0.10 * nearness, below) * (1 - nearness) ** 0.8
    drift = c.clouds(f"fog {number}", cells=4, octaves=4, stretch=3)
    fog = np.clip(fog * (0.35 + (0.9 if misty else 0.55) * drift), 0, 0.94)
    valley = mix(mix(p.horizon, p.far, 0.35), p.light, 0.15)
    colour = colour + (valley - colour) * fog[..., None]
    if "snow" in c.brief.weather:
        rock = c.ridged(f"rock {number}", cells=7, octaves=6, roughness=0.62, stretch=0.6)
        caps = smooth(0.30, 0.52, 0.42 * rock + 0.60 - below * (2.2 + 2.0 * nearness))
        colour = colour * (0.75 + 0.35 * rock)[..., None]
        cold = mix(mix(p.light, p.sky, 0.18), mix(p.sky, p.zenith, 0.5), 0.42)
        shine = smooth(-0.35, 0.35, lit + 0.55 * (rock - 0.62))[..., None]
        colour = (
            colour
            + (cold + (mix(p.light, p.sky, 0.12) - cold) * shine - colour)
            * (0.92 * caps * (1 - 0.8 * fog))[..., None]
        )
    c.lay(colour, c.cover(below))
    if number == 1:
        halo(c, sun, 0.35)
