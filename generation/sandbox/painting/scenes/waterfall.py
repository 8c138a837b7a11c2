"""Water falling between rocks into a pool, spray rising where it lands."""

import numpy as np

from ..canvas import Canvas, smooth
from ..colour import mix, ramp
from ..noise import line, normal, octave
from ..shapes import curve, polygon, tapered
from ..sky import Sun, gradient


def paint(c: Canvas) -> None:
    g = c.dice("waterfall")
    pool = 0.78
    middle, wide = c.ratio * (0.44 + 0.12 * g.random()), c.unit * (0.13 + 0.07 * g.random())
    c.fill(gradient(c, 0.8, Sun(middle, 0.1, 0.05)))
    c.glow(c.palette.light, 0.2 * np.exp(-((c.distance(middle, 0.05) / 0.35) ** 2)))
    for level in range(3):
        cliff(c, level, middle, wide * (1.7 - 0.42 * level), pool)
        if level == 1:
            water(c, middle, wide, pool, g)
    c.plane(0.6)
    basin(c, middle, wide, pool, g)
    spray(c, middle, wide, pool)
    c.plane(0.9)
    leaves(c, g)
    c.sounds.add("stream")


def cliff(c: Canvas, level: int, middle: float, gap: float, pool: float) -> None:
    """Two walls of layered stone, overgrown, with the gap of the fall between them."""
    p = c.palette
    g = c.dice(f"cliff {level}")
    rim = 0.10 + 0.09 * level + 0.16 * line(c.width, g, steps=5, roughness=0.55)
    left = middle - gap - 0.10 * octave(c.width, c.height, 5, g)
    right = middle + gap + 0.10 * octave(c.width, c.height, 5, g)
    rock = np.maximum(left - c.x, c.x - right)
    inside = np.minimum(rock, c.y - rim[None, :])
    stone = c.ridged(f"stone {level}", cells=5, octaves=6, roughness=0.58, stretch=0.35)
    ledge = octave(c.width, c.height, 26, g, stretch=5)
    moss = smooth(
        0.50, 0.68, c.clouds(f"moss {level}", cells=6, octaves=5, roughness=0.6) + 0.2 * (ledge - 0.5)
    )
    near = 0.35 + 0.32 * level
    body = mix(p.horizon, mix(p.far, p.near, 0.12 + 0.22 * level), near + 0.1)
    green = mix(mix(p.far, p.sky, 0.35), p.near, 0.25 + 0.15 * level)
    wet = np.exp(-np.clip(rock, 0, None) / 0.10)
    light = 0.42 + 0.80 * normal(stone * 0.75 + ledge * 0.25) + 0.25 * wet
    colour = body * light[..., None]
    colour = colour + (green * (0.55 + 0.75 * normal(stone))[..., None] - colour) * (0.8 * moss)[..., None]
    dark = 1 - 0.35 * smooth(0.0, 0.35, rock) * level / 2
    c.lay(colour * dark[..., None], c.cover(inside, 2.5) * (c.y < pool + 0.06))


def water(c: Canvas, middle: float, wide: float, pool: float, g) -> None:
    """Threads of white over shade, wider as they fall."""
    p = c.palette
    spread = wide * (0.62 + 0.50 * c.y) * (1 + 0.10 * (octave(c.width, c.height, 4, g) - 0.5))
    u = (c.x - middle) / spread
    threads = (
        octave(c.width, c.height, 2.5, g, stretch=0.03) * 0.55
        + octave(c.width, c.height, 5, g, stretch=0.025) * 0.45
    )
    fine = octave(c.width, c.height, 16, g, stretch=0.05)
    level = (normal(threads * 0.7 + fine * 0.5) - 0.12) * 1.05 * (1 - 0.45 * u**2) + 0.18 * smooth(
        0.55, pool, c.y
    )
    colour = ramp(
        [
            mix(p.far, p.near, 0.35),
            mix(p.sky, p.far, 0.4),
            mix(p.sky, p.horizon, 0.6),
            mix(p.horizon, p.light, 0.7),
            p.light,
        ],
        np.clip(level, 0, 1),
    )
    edge = smooth(1.0, 0.80, np.abs(u) + 0.30 * (fine - 0.5))
    c.lay(colour, edge * (c.y > 0.16) * smooth(0.14, 0.19, c.y) * (c.y < pool + 0.03))
    c.shimmer("glitter", p.light, 0.16 * edge * smooth(0.55, 0.95, level) * (c.y < pool) * (c.y > 0.18))


def basin(c: Canvas, middle: float, wide: float, pool: float, g) -> None:
    p = c.palette
    depth = np.clip((c.y - pool) / (1 - pool), 0, 1)
    ring = np.hypot((c.x - middle) / 2.6, (c.y - pool) * 1.4)
    wave = np.sin(ring * 130 / (1 + 3 * depth) + 5 * octave(c.width, c.height, 12, g, stretch=3)) * np.exp(
        -ring / 0.35
    )
    body = ramp([mix(p.horizon, p.sky, 0.5), p.sky, mix(p.zenith, p.far, 0.5), p.near], depth * 0.9)
    light = np.exp(-(((c.x - middle) / (wide * 2.2)) ** 2)) * (1 - depth)
    c.lay(
        body * (1 + 0.20 * wave)[..., None] + (p.light * 0.45 * light[..., None]),
        c.cover(c.y - pool + 0.006 * wave),
    )
    for _ in range(int(9 * max(0.7, c.ratio))):
        boulder(
            c,
            c.ratio * g.random(),
            pool + 0.02 + 0.20 * g.random() ** 1.5,
            c.unit * (0.025 + 0.06 * g.random()),
            middle,
            g,
        )


def boulder(c: Canvas, x: float, y: float, size: float, middle: float, g) -> None:
    if abs(x - middle) < 0.16 * c.unit:
        return
    spot = c.patch(x, y, size * 1.4)
    if spot is None:
        return
    rough = octave(spot.x.shape[1], spot.y.shape[0], 5, g)
    u, v = spot.x / size, spot.y / size / 0.62
    inside = 1 - np.hypot(u, v) + 0.24 * (rough - 0.5) - 3 * np.clip(v - 0.45, 0, None)
    light = np.clip(0.62 - 0.45 * v - 0.2 * u * np.sign(x - middle) + 0.4 * (rough - 0.5), 0, 1)
    p = c.palette
    c.lay(
        ramp([p.near * 0.6, mix(p.near, p.far, 0.5), mix(p.far, p.horizon, 0.5)], light),
        c.cover(inside * size, 2),
        spot,
    )


def spray(c: Canvas, middle: float, wide: float, pool: float) -> None:
    cloud = c.clouds("spray", cells=6, octaves=5)
    away = np.hypot((c.x - middle) / (wide * 2.3), (c.y - pool + 0.01) / 0.15)
    c.lay(
        mix(c.palette.horizon, c.palette.light, 0.6),
        np.clip(np.exp(-(away**2)) * (0.35 + 0.9 * cloud), 0, 0.92),
    )


def leaves(c: Canvas, g) -> None:
    """Dark blades in the corners, close to the eye."""
    dark = c.palette.near * 0.55
    for corner_x, corner_y, start in (
        (0.0, 1.0, 0.9),
        (c.ratio, 1.0, 2.2),
        (0.0, 0.0, -0.7),
        (c.ratio, 0.0, -2.4),
    ):
        for _ in range(7):
            angle = start + (g.random() - 0.5) * 1.5
            length = c.unit * (0.16 + 0.20 * g.random())
            x, y = corner_x + (g.random() - 0.5) * 0.22, corner_y
            tip = (x + np.cos(angle) * length, y - np.sin(angle) * length + 0.05 * length)
            middle = (x + np.cos(angle + 0.3) * length * 0.5, y - np.sin(angle + 0.3) * length * 0.5)
            way = curve((x, y), middle, tip, count=16)
            c.lay(
                dark,
                *polygon(c, tapered(way, length * 0.16 * np.sin(np.pi * np.linspace(0.1, 1, 16) ** 0.8))),
            )
