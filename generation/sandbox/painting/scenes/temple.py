"""Chedis and tiered roofs against a great low sun, gilded on its side, doubled in a pond."""

import numpy as np

from ..canvas import Canvas, smooth
from ..colour import from_hex, mix, ramp
from ..mirror import reflect
from ..noise import line, soft_line
from ..shapes import curve, polygon, stroke, tapered
from ..sky import Sun, halo, paint_disc, paint_sky

GOLD = [from_hex(code) for code in ("#1c0f08", "#6b3f14", "#c98a2b", "#f2cd74", "#fff3cf")]

# A bell-shaped chedi from top to foot: (height, radius), both in parts of its height.
BELL = np.array([
    (0.00, 0.002), (0.06, 0.006), (0.20, 0.016), (0.34, 0.030), (0.40, 0.040), (0.405, 0.058), (0.435, 0.058),
    (0.44, 0.046), (0.48, 0.062), (0.54, 0.090), (0.60, 0.104), (0.66, 0.114), (0.715, 0.138), (0.72, 0.158),
    (0.745, 0.158), (0.75, 0.148), (0.775, 0.148), (0.78, 0.178), (0.81, 0.178),
    (0.815, 0.168), (0.85, 0.168), (0.855, 0.205), (0.90, 0.205),
    (0.905, 0.235), (0.95, 0.235), (0.955, 0.27), (1.00, 0.27),
])  # fmt: skip


def paint(c: Canvas) -> None:
    g = c.dice("temple")
    shore = 0.80 + 0.06 * g.random()
    side = -1 if g.random() < 0.5 else 1
    hero = c.ratio * (0.5 + side * 0.16 * g.random())
    sun = Sun(
        hero - side * c.unit * (0.16 + 0.10 * g.random()), shore - 0.28 - 0.14 * g.random(), c.unit * 0.115
    )
    paint_sky(c, shore, sun, cover=0.5, disc=False)
    paint_disc(c, sun)
    halo(c, sun, 0.5)
    hills(c, shore)
    trees(c, shore, 0.055, 0.35)
    c.plane(0.35)
    for number in range(4):
        x = c.ratio * (number + 0.3 + 0.4 * g.random()) / 4
        if abs(x - hero) > 0.14 * c.unit:
            chedi(c, x, shore, (0.15 + 0.10 * g.random()) * min(1.0, c.ratio + 0.2), sun, haze=0.55)
    viharn(c, hero + side * c.unit * 0.34, shore, c.unit * 0.34, sun)
    chedi(c, hero, shore, 0.60 * min(1.0, 0.45 + 0.55 * c.ratio), sun, haze=0.0)
    trees(c, shore, 0.030, 1.0)
    palms(c, shore, side, g)
    reflect(c, shore, calm=0.80, tint=0.35)
    c.sounds.add("bells")


def hills(c: Canvas, shore: float) -> None:
    g = c.dice("hills")
    top = shore - 0.06 - 0.12 * soft_line(c.width, g, steps=5)
    colour = mix(c.palette.horizon, c.palette.far, 0.65)
    c.lay(colour, c.cover(c.y - top[None, :]))


def trees(c: Canvas, shore: float, tall: float, nearness: float) -> None:
    """The round crowns of a grove."""
    g = c.dice(f"grove {nearness}")
    bumps = line(c.width, g, steps=round(7 * max(1, c.ratio)), octaves=7, roughness=0.62)
    top = shore - tall * (0.25 + bumps)
    c.lay(c.palette.land(0.25 + 0.75 * nearness) * (0.8 + 0.2 * (1 - nearness)), c.cover(c.y - top[None, :]))


def chedi(c: Canvas, x: float, foot: float, tall: float, sun: Sun, *, haze: float) -> None:
    """Turned on a lathe: light runs round it, every ring catches a line of it."""
    spot = c.patch(x, foot - tall / 2, tall * 0.30, tall * 0.52)
    if spot is None:
        return
    height = np.clip((spot.y + tall / 2) / tall, 0, 1)
    radius = np.interp(height, BELL[:, 0], BELL[:, 1]) * tall
    turn = np.clip(spot.x / np.maximum(radius, 1e-4), -1, 1)
    towards = np.clip((sun.x - x) / (0.35 * c.unit), -1, 1)
    light = np.clip(0.30 + 0.55 * turn * towards + 0.22 * np.sqrt(1 - turn**2), 0.04, 1)
    rim = smooth(0.72, 1.0, turn * np.sign(towards)) * 0.5
    rings = 0.5 + 0.5 * np.sin(height * np.where(height < 0.40, 230, 95))
    slope = np.gradient(radius[:, 0]) * c.height
    light = light * (0.80 + 0.28 * rings) + rim - 0.20 * np.clip(slope, 0, 1.2)[:, None]
    colour = ramp(GOLD, np.clip(light * 0.86, 0, 1))
    colour = colour * 0.80 + mix(c.palette.near, c.palette.accent, 0.4) * 0.20
    dim = 0.62 if c.palette.dark else 0.9
    colour = colour * dim + (mix(c.palette.horizon, c.palette.far, 0.6) - colour * dim) * haze
    c.lay(colour, c.cover(radius - np.abs(spot.x), 1.4) * (spot.y <= tall / 2), spot)


def viharn(c: Canvas, x: float, foot: float, wide: float, sun: Sun) -> None:
    """A hall seen from its gable: three roofs one over the other, with the hooked finials of the north."""
    p = c.palette
    wall = mix(p.near, p.far, 0.30)
    tall = wide * 0.78
    c.lay(wall, *polygon(c, box(x, foot, wide * 0.64, tall * 0.30)))
    glow = mix(p.accent, p.light, 0.4)
    for place in (-0.40, -0.2, 0.0, 0.2, 0.40):
        door = 1.35 if place == 0 else 1.0
        c.lay(
            mix(wall, glow, 0.85),
            *polygon(c, box(x + place * wide * 0.64, foot, wide * 0.055, tall * 0.17 * door)),
        )
    roof = mix(mix(p.near, from_hex("#8e2f1c"), 0.55), p.zenith, 0.15)
    for tier, (spread, low, high) in enumerate(((0.62, 0.24, 0.62), (0.47, 0.42, 0.82), (0.30, 0.60, 1.0))):
        half, eave, ridge = wide * spread, foot - tall * low, foot - tall * high
        left = curve((x - half, eave), (x - half * 0.42, eave - (eave - ridge) * 0.20), (x, ridge))
        right = np.stack([2 * x - left[::-1, 0], left[::-1, 1]], axis=1)
        lit = 0.10 * tier
        c.lay(mix(roof, p.accent, 0.12 + lit), *polygon(c, np.concatenate([left, right])))
        for edge, sign in ((left, 1), (right[::-1], -1)):
            gilded = ramp(GOLD, np.float32(0.62 + 0.22 * (np.sign(sun.x - x) == -sign)))
            c.lay(gilded, *stroke(c, edge, wide * 0.014))
            finial(c, edge[0], -sign, wide * 0.055, gilded)
        finial(c, (x, ridge), 1 if sun.x > x else -1, wide * 0.10, ramp(GOLD, np.float32(0.8)), upright=True)


def box(x: float, foot: float, wide: float, tall: float) -> list[tuple[float, float]]:
    return [
        (x - wide / 2, foot - tall),
        (x + wide / 2, foot - tall),
        (x + wide / 2, foot + 0.01),
        (x - wide / 2, foot + 0.01),
    ]


def finial(c: Canvas, at, sign: float, size: float, colour, *, upright: bool = False) -> None:
    """A cho fa: a slim hook that bends up and outwards."""
    x, y = float(at[0]), float(at[1])
    if upright:
        way = curve(
            (x, y + size * 0.2),
            (x - sign * size * 0.18, y - size * 0.5),
            (x + sign * size * 0.28, y - size * 1.25),
        )
    else:
        way = curve((x, y), (x + sign * size * 0.8, y + size * 0.1), (x + sign * size * 1.0, y - size * 0.9))
    c.lay(colour, *polygon(c, tapered(way, np.linspace(size * 0.26, size * 0.02, len(way)))))


def palms(c: Canvas, shore: float, side: int, g) -> None:
    """Two or three sugar palms that frame the picture on one side."""
    c.plane(0.8)
    for number in range(2 + g.integers(2)):
        x = c.ratio * 0.5 - side * (c.ratio * (0.40 - 0.07 * number) + 0.02 * g.random())
        palm(c, x, shore + 0.01, 0.34 + 0.20 * g.random(), g)


def palm(c: Canvas, x: float, foot: float, tall: float, g) -> None:
    dark = c.palette.near * 0.7
    lean = (g.random() - 0.5) * 0.12 * tall
    trunk = curve((x, foot), (x + lean * 0.2, foot - tall * 0.5), (x + lean, foot - tall))
    c.lay(dark, *polygon(c, tapered(trunk, np.linspace(tall * 0.040, tall * 0.020, len(trunk)))))
    blades = []
    for number in range(17):
        angle = np.pi * (-0.16 + 1.32 * (number + 0.5 * g.random()) / 17)
        blades += frond(x + lean, foot - tall, angle, tall * (0.25 + 0.07 * g.random()))
    c.lay(dark, *polygon(c, *blades))


def frond(x: float, y: float, angle: float, reach: float) -> list[np.ndarray]:
    """A fan of narrow blades at the end of a stalk."""
    middle = np.array([x - np.cos(angle) * reach * 0.42, y - np.sin(angle) * reach * 0.52])
    blades = [tapered(curve((x, y), middle, count=6), np.full(6, reach * 0.030))]
    for turn in np.linspace(-1.15, 1.15, 11):
        way = angle + turn
        tip = middle + np.array([-np.cos(way), -np.sin(way) * 0.9 + 0.16]) * reach * (0.60 - 0.12 * abs(turn))
        bend = middle + (tip - middle) * 0.55 - np.array([0, 0.05 * reach])
        blades.append(
            tapered(curve(middle, bend, tip, count=8), np.linspace(reach * 0.085, reach * 0.004, 8))
        )
    return blades
