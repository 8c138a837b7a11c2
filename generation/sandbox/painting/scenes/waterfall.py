"""Water falling between rocks into a pool, spray rising where it lands."""

import numpy as np

from ..canvas import Canvas, smooth
from ..colour import mix, ramp, saturated
from ..noise import line, normal, octave
from ..shapes import curve, polygon, tapered
from ..sky import Sun, gradient


def paint(c: Canvas) -> None:
    g = c.dice("waterfall")
    pool, lip = 0.78, 0.20 + 0.06 * g.random()
    middle, wide = c.ratio * (0.44 + 0.12 * g.random()), c.unit * (0.12 + 0.06 * g.random())
    c.fill(gradient(c, 0.5, Sun(middle, 0.1, 0.05)))
    far_wall(c, middle, wide, lip, pool)
    water(c, middle, wide, lip, pool, g)
    c.plane(0.4)
    for level in range(2):
        cliff(c, level, middle, wide * (2.1 - 0.5 * level), pool)
    c.plane(0.6)
    basin(c, middle, wide, pool, g)
    spray(c, middle, wide, pool)
    c.plane(0.9)
    leaves(c, g)
    c.sounds.add("stream")


def far_wall(c: Canvas, middle: float, wide: float, lip: float, pool: float) -> None:
    """The step in the land that the water comes over, lower where it has cut in."""
    g = c.dice("far wall")
    rim = lip - 0.07 * line(c.width, g, steps=6, octaves=8, roughness=0.6)
    rim = rim + 0.05 * np.exp(-(((c.x[0] - middle) / (wide * 0.9)) ** 4))
    rock(c, "far", c.cover(c.y - rim[None, :], 2.5) * (c.y < pool + 0.04), 0.30, np.abs(c.x - middle) - wide)


def cliff(c: Canvas, level: int, middle: float, gap: float, pool: float) -> None:
    """A wall on either side that frames the fall, the second nearer and darker."""
    g = c.dice(f"cliff {level}")
    rim = 0.02 + 0.16 * level + 0.22 * line(c.width, g, steps=4, octaves=9, roughness=0.58)
    ragged = 0.16 * (octave(c.width, c.height, 4, g) - 0.5) + 0.05 * (octave(c.width, c.height, 17, g) - 0.5)
    inner = np.abs(c.x - middle) - gap + ragged - 0.10 * (c.y - 0.5)
    inside = np.minimum(inner, c.y - rim[None, :] + 0.6 * ragged)
    rock(c, str(level), c.cover(inside, 2.5) * (c.y < pool + 0.05), 0.62 + 0.30 * level, inner)


def rock(c: Canvas, name: str, mask: np.ndarray, nearness: float, inner: np.ndarray) -> None:
    """Upright strata crossed by ledges, moss on the ledges, wet and bright towards the water."""
    p = c.palette
    g = c.dice(f"rock {name}")
    strata = c.ridged(f"strata {name}", cells=6, octaves=6, roughness=0.60, stretch=0.30)
    ledge = (
        octave(c.width, c.height, 22, g, stretch=4) * 0.6 + octave(c.width, c.height, 55, g, stretch=2) * 0.4
    )
    body = mix(p.horizon, mix(p.far, p.near, 0.25 + 0.35 * nearness), 0.40 + 0.60 * nearness)
    light = 0.55 + 0.75 * (normal(strata) - 0.35) + 0.40 * (ledge - 0.5)
    colour = body * np.clip(light, 0.25, 1.4)[..., None]
    growth = c.clouds(f"moss {name}", cells=7, octaves=5, roughness=0.62) + 0.35 * (ledge - 0.5)
    green = saturated(mix(p.far, p.near, 0.10 + 0.35 * nearness), 1.35)
    green = green * (0.50 + 0.9 * ledge)[..., None]
    colour = colour + (green - colour) * (0.75 * smooth(0.48, 0.66, growth))[..., None]
    wet = np.exp(-np.clip(inner, 0, None) / 0.09) * (0.25 + 0.5 * normal(strata))
    mist = smooth(0.45, 0.80, c.y) * (0.55 - 0.35 * nearness) + 0 * c.x
    colour = colour + mix(p.horizon, p.light, 0.4) * (0.22 * wet)[..., None]
    c.lay(colour + (mix(p.horizon, p.light, 0.3) - colour) * mist[..., None], mask)


def water(c: Canvas, middle: float, wide: float, lip: float, pool: float, g) -> None:
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
    brink = lip + 0.035 - 0.012 * np.cos(u * 1.5) + 0.014 * (fine - 0.5)
    falls = smooth(-0.006, 0.012, c.y - brink)
    c.lay(colour, edge * falls * (c.y < pool + 0.03))
    c.glow(p.light, 0.30 * edge * np.exp(-(((c.y - brink - 0.012) / 0.014) ** 2)))
    c.shimmer("glitter", p.light, 0.16 * edge * smooth(0.55, 0.95, level) * (c.y < pool) * falls)


def basin(c: Canvas, middle: float, wide: float, pool: float, g) -> None:
    p = c.palette
    depth = np.clip((c.y - pool) / (1 - pool), 0, 1)
    ring = np.hypot((c.x - middle) / 2.6, (c.y - pool) * 1.4)
    wave = np.sin(ring * 130 / (1 + 3 * depth) + 5 * octave(c.width, c.height, 12, g, stretch=3)) * np.exp(
        -ring / 0.35
    )
    body = ramp(
        [mix(p.sky, p.horizon, 0.25), mix(p.sky, p.far, 0.5), mix(p.zenith, p.near, 0.4), p.near], depth
    )
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
