"""Rice terraces stepping down a valley: sky in some, young green in others, every dyke a line of light."""

import numpy as np

from ..canvas import Canvas, smooth
from ..colour import from_hex, mix, ramp
from ..noise import octave, soft_line
from ..sky import paint_sky, place_sun

GREEN = [from_hex(code) for code in ("#16301b", "#2f6a35", "#7fae4a", "#d9dc7f")]


def paint(c: Canvas) -> None:
    g = c.dice("terraces")
    horizon = 0.36 + 0.08 * g.random()
    sun = place_sun(c, low=horizon - 0.06, high=0.12)
    paint_sky(c, horizon + 0.06, sun, cover=0.45)
    for number in range(2):
        far_hills(c, horizon, number)
    c.plane(0.6)
    steps(c, horizon, g)
    c.sounds.add("birds")


def far_hills(c: Canvas, horizon: float, number: int) -> None:
    p = c.palette
    g = c.dice(f"hill {number}")
    top = horizon + 0.03 + 0.05 * number - (0.15 - 0.05 * number) * soft_line(c.width, g, steps=4)
    below = c.y - top[None, :]
    body = mix(p.land(0.15 + 0.25 * number), p.horizon, 0.45 - 0.2 * number)
    mist = smooth(0.0, 0.14, below) * (0.5 + 0.5 * c.clouds(f"mist {number}", cells=5, octaves=3, stretch=3))
    c.lay(body + (mix(p.horizon, p.light, 0.2) - body) * (0.75 * mist)[..., None], c.cover(below))


def steps(c: Canvas, horizon: float, g) -> None:
    """The ground's height in contour lines, crowded towards the horizon."""
    p = c.palette
    land = octave(c.width, c.height, 2.2, g, stretch=1.3) + 0.40 * octave(
        c.width, c.height, 5, g, stretch=1.6
    )
    edge = horizon + 0.07 + 0.03 * np.sin(c.x * 3 / max(c.ratio, 0.6) + g.random() * 6)
    depth = np.clip((c.y - edge) / (1 - edge), 0, 1)
    level = (depth**0.62 * (9 + 3 * g.random()) + land * 3.6 * (0.35 + depth)).astype(np.float32)
    number = np.floor(level)
    inside = level - number
    per_pixel = np.maximum(np.abs(np.gradient(level, axis=0)), 1e-4)
    rows = inside / per_pixel  # pixels below this terrace's own dyke
    chance = wild(number, 3.1 + g.random())
    wet = chance < 0.52
    sky = ramp(
        [p.horizon, mix(p.sky, p.horizon, 0.3), mix(p.sky, p.zenith, 0.35)],
        np.clip(depth * 0.7 + 0.5 * inside, 0, 1),
    )
    crop = mix_green(c, 0.30 + 0.40 * wild(number, 7.7) + 0.20 * (1 - inside))
    tufts = (
        octave(c.width, c.height, 90, g, stretch=0.6) * 0.5
        + octave(c.width, c.height, 30, g, stretch=4) * 0.5
    )
    crop = crop * (0.72 + 0.50 * tufts)[..., None]
    colour = np.where(
        wet[..., None], sky * (0.93 + 0.10 * octave(c.width, c.height, 40, g, stretch=8))[..., None], crop
    )
    bank = smooth(0.66 + 0.10 * depth, 0.82, inside)
    earth = mix(GREEN[0], p.near, 0.5) * (0.75 + 0.5 * tufts)[..., None]
    colour = colour + (earth - colour) * (bank * (0.85 - 0.2 * (1 - depth)))[..., None]
    lip = np.exp(-(((rows - 2.0) / 1.8) ** 2))
    colour = colour + (mix(GREEN[3], p.light, 0.35) - colour) * (0.60 * lip)[..., None]
    haze = smooth(0.42, 0.0, depth)
    colour = colour + (mix(p.horizon, p.far, 0.35) - colour) * (0.62 * haze)[..., None]
    c.lay(colour, c.cover(c.y - edge))
    glitter = smooth(0.72, 0.95, octave(c.width, c.height, 70, c.dice("wet"), stretch=5)) * wet * (1 - bank)
    c.shimmer("glitter", mix(p.horizon, p.light, 0.5), 0.20 * glitter * depth)


def mix_green(c: Canvas, level: np.ndarray) -> np.ndarray:
    """Rice takes the palette's light, but stays rice."""
    p = c.palette
    own = [mix(code, tone, 0.30) for code, tone in zip(GREEN, (p.near, p.far, p.sky, p.horizon), strict=True)]
    return ramp(own, np.clip(level, 0, 1))


def wild(number: np.ndarray, salt: float) -> np.ndarray:
    wave = np.sin(number * 127.1 + salt * 311.7) * 43758.5453
    return (wave - np.floor(wave)).astype(np.float32)
