"""A pond of lotus: pads in perspective on quiet water, flowers opening in the low light."""

import numpy as np

from ..canvas import Canvas, smooth
from ..colour import from_hex, mix, ramp
from ..noise import Field, octave
from ..shapes import curve, polygon, tapered

PINKS = ("#c2185b", "#e0559a", "#f7a8c4", "#fff0f2")
WHITES = ("#b9a96a", "#e9dfc0", "#fbf7ea", "#ffffff")
VIOLETS = ("#4b3aa0", "#8a78d6", "#cabff2", "#f7f2ff")


def paint(c: Canvas) -> None:
    g = c.dice("lotus")
    water(c)
    petals = petal_colours(c, g)
    pads(c, g, count=int(46 * max(0.6, c.ratio)), near=0.0)
    c.plane(0.6)
    flowers = 2 + g.integers(3)
    spots = [
        (c.ratio * (number + 0.25 + 0.5 * g.random()) / flowers, 0.36 + 0.30 * g.random())
        for number in range(flowers)
    ]
    for x, y in sorted(spots, key=lambda spot: spot[1])[:-1]:
        flower(c, x, y, c.unit * (0.075 + 0.10 * (y - 0.30)), petals, g)
    pads(c, g, count=int(9 * max(0.6, c.ratio)), near=1.0)
    hero_x = c.ratio * (0.5 + (g.random() - 0.5) * 0.30)
    flower(c, hero_x, 0.60 + 0.05 * g.random(), c.unit * 0.25, petals, g)
    c.sounds.add("birds")


def petal_colours(c: Canvas, g) -> list:
    kinds = ("pink", "white", "violet")
    named = dict(zip(kinds, (PINKS, WHITES, VIOLETS), strict=True))
    asked = next((name for name in kinds if name in c.brief.colours), None)
    if asked:
        return [from_hex(code) for code in named[asked]]
    nearest = min(kinds, key=lambda name: float(np.abs(from_hex(named[name][1]) - c.palette.sky).sum()))
    kind = nearest if g.random() < 0.6 else kinds[g.integers(3)]
    return [from_hex(code) for code in named[kind]]


def water(c: Canvas) -> None:
    """The sky lies on it, darker at the viewer's feet; trees of the far bank hang in it upside down."""
    p = c.palette
    depth = c.y**0.8 + 0 * c.x
    c.fill(
        ramp(
            [
                p.horizon,
                mix(p.sky, p.horizon, 0.4),
                mix(p.sky, p.zenith, 0.5),
                mix(p.zenith, p.near, 0.55),
                p.near,
            ],
            depth,
        )
    )
    ripple = octave(c.width, c.height, 26, c.dice("ripple"), stretch=7) - 0.5
    bank = c.clouds("bank", cells=5, octaves=4, stretch=0.45)
    hanging = smooth(0.42, 0.0, c.y + 0.10 * (bank - 0.5) + 0.02 * ripple) * smooth(0.30, 0.62, bank)
    c.lay(mix(p.far, p.near, 0.35), 0.62 * hanging)
    glow = np.exp(-(((c.x - c.ratio * 0.6) / (0.5 * c.ratio)) ** 2) - ((c.y - 0.05) / 0.25) ** 2)
    c.glow(mix(p.horizon, p.light, 0.5), 0.30 * glow)
    c.shade(1 + 0.10 * ripple)
    c.shimmer("glitter", mix(p.horizon, p.light, 0.5), 0.16 * smooth(0.22, 0.5, ripple) * (1 - c.y))


def pads(c: Canvas, g, *, count: int, near: float) -> None:
    rows = np.sort(g.random(count))
    for place in rows:
        y = (0.14 + 0.62 * place) if near < 0.5 else 0.70 + 0.30 * place
        size = c.unit * (0.020 + 0.15 * (y - 0.08) ** 1.4) * (0.8 + 0.5 * g.random())
        pad(c, c.ratio * g.random(), y, size, 0.26 + 0.22 * y, g)


def pad(c: Canvas, x: float, y: float, size: float, flat: float, g) -> None:
    spot = c.patch(x, y + size * 0.04, size * 1.2, size * flat * 1.5)
    if spot is None:
        return
    p = c.palette
    u, v = spot.x / size, spot.y / size / flat
    angle, away = np.arctan2(v, u), np.hypot(u, v)
    notch = g.random() * 2 * np.pi
    turn = np.abs(np.angle(np.exp(1j * (angle - notch))))
    wavy = 1 + 0.02 * np.sin(angle * 9 + notch)
    inside = np.minimum(wavy - away, (turn - 0.16) * away * 0.9 + 0.02) * size * (flat * 0.5 + 0.5)
    veins = smooth(0.90, 1.0, np.abs(np.cos(angle * 8 + notch))) * smooth(0.05, 0.4, away)
    leaf = mix(mix(p.far, from_hex("#2a7a45"), 0.72), p.near, 0.28)
    sheen = np.clip(0.50 - 0.42 * v + 0.10 * np.cos(angle - notch), 0, 1)
    colour = ramp(
        [mix(leaf, p.near, 0.55), leaf, mix(leaf, p.horizon, 0.38)], sheen * (0.86 + 0.14 * g.random())
    )
    colour = colour * (1 + 0.16 * veins - 0.10 * (away > 0.94))[..., None]
    c.shade(1 - 0.35 * smooth(1.25, 0.85, np.hypot(u, v - 0.16)), spot)
    c.lay(colour, c.cover(inside, 2.0), spot)
    rim = smooth(0.90, 0.97, away) * smooth(1.01, 0.97, away) * np.clip(-v, 0, 1)
    c.glow(mix(p.horizon, p.light, 0.5), 0.35 * rim * c.cover(inside, 2.0), spot)


def flower(c: Canvas, x: float, y: float, size: float, colours: list, g) -> None:
    """Three whorls of petals from the back to the front, a golden heart, a stem into the water."""
    p = c.palette
    stem = curve((x, y), (x + size * 0.1, y + size * 0.9), (x + size * 0.05, y + size * 1.6))
    c.lay(mix(p.far, p.near, 0.55), *polygon(c, tapered(stem, np.full(len(stem), size * 0.07))))
    shadow = c.patch(x, y + size * 1.05, size * 1.3, size * 0.35)
    if shadow is not None:
        c.shade(1 - 0.45 * np.exp(-((shadow.x / size / 0.8) ** 2) - (shadow.y / size / 0.16) ** 2), shadow)
    glow = c.patch(x, y - size * 0.3, size * 2.2)
    if glow is not None:
        c.glow(colours[2], 0.16 * np.exp(-((np.hypot(glow.x, glow.y) / size / 1.0) ** 2)), glow)
    for reach, count, spread, tone in ((1.0, 7, 1.32, 0.0), (0.98, 6, 1.05, 0.10), (0.86, 5, 0.78, 0.20)):
        for place in order_from_outside(count):
            angle = spread * (2 * place / (count - 1) - 1) + 0.07 * (g.random() - 0.5)
            petal(c, x, y, size * reach * (0.95 + 0.1 * g.random()), angle, colours, tone)
    for place in order_from_outside(4):
        petal(c, x, y + size * 0.02, size * 0.55, 1.15 * (2 * place / 3 - 1), colours, 0.28)


def order_from_outside(count: int) -> list[int]:
    return sorted(range(count), key=lambda place: -abs(place - (count - 1) / 2))


def petal(c: Canvas, x: float, y: float, reach: float, angle: float, colours: list, tone: float) -> None:
    """A pointed bowl: pale inside, deep at the tip and along its fine veins."""
    wide = reach * 0.36
    tip = np.array([np.sin(angle), -np.cos(angle)]) * reach
    across = np.array([np.cos(angle), np.sin(angle)]) * wide
    base = np.array([x, y])
    left = curve(base, base + tip * 0.25 - across, base + tip * 0.80 - across * 0.85, base + tip)
    right = curve(base + tip, base + tip * 0.80 + across * 0.85, base + tip * 0.25 + across, base)
    mask, spot = polygon(c, np.concatenate([left, right]))
    along = (spot.x * tip[0] + spot.y * tip[1]) / reach**2
    aside = (spot.x * across[0] + spot.y * across[1]) / wide**2
    c.lay(petal_tint(along, aside, angle, colours, tone), mask, spot)


def petal_tint(along: Field, aside: Field, angle: float, colours: list, tone: float) -> np.ndarray:
    veins = 0.5 + 0.5 * np.cos(aside * 26)
    level = 0.95 - 0.75 * np.clip(along, 0, 1) ** 1.8 + tone * 0.5
    level = level + 0.16 * np.clip(-aside * np.sign(angle + 1e-3), -1, 1) - 0.05 * veins * along
    edge = smooth(0.42, 0.75, np.abs(aside)) * 0.16
    return (
        ramp(colours, np.clip(level + edge - 0.10, 0, 1))
        * (0.86 + 0.14 * np.clip(along + 0.3, 0, 1))[..., None]
    )
