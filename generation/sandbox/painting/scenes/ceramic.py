"""A glazed plate seen from above on linen: crackle, a painted rim, the window in its shine."""

import numpy as np

from ..canvas import Canvas, smooth
from ..colour import from_hex, luminance, mix, ramp
from ..noise import Field, normal, octave

TURN = 2 * np.pi
CLOTHS = ("#e9e3d6", "#d9d5cf", "#cfd4d3", "#efe9df", "#3a3a3d")


def paint(c: Canvas) -> None:
    g = c.dice("ceramic")
    cloth(c, g)
    radius = c.unit * (0.36 + 0.05 * g.random())
    x, y = c.ratio / 2 + c.ratio * 0.06 * (g.random() - 0.5), 0.5
    shadow(c, x, y, radius)
    plate(c, x, y, radius, g)
    if c.ratio > 1.25:
        side = -1 if g.random() < 0.5 else 1
        small = radius * 0.42
        bx, by = x + side * (radius + small * 1.35), 0.5 - side * 0.22
        shadow(c, bx, by, small)
        plate(c, bx, by, small, c.dice("second plate"))


def cloth(c: Canvas, g) -> None:
    """Plain linen with threads of uneven thickness and a fold or two."""
    base = mix(from_hex(CLOTHS[g.integers(len(CLOTHS))]), c.palette.horizon, 0.18)
    warp = octave(c.width, c.height, 3, g, stretch=0.012) - 0.5
    weft = octave(c.width, c.height, c.height / 3, g, stretch=90) - 0.5
    fold = np.sin((c.x * np.cos(0.5) + c.y * np.sin(0.5)) * 5 + 2 * c.clouds("fold", cells=1.5, octaves=2))
    light = 1.04 - 0.26 * (c.x / c.ratio * 0.6 + c.y * 0.4)
    c.fill(base * (light + 0.05 * warp + 0.06 * weft + 0.015 * fold)[..., None])


def shadow(c: Canvas, x: float, y: float, radius: float) -> None:
    away = c.distance(x + radius * 0.10, y + radius * 0.14) / radius
    c.shade(1 - 0.55 * smooth(1.22, 0.86, away))
    close = c.distance(x + radius * 0.02, y + radius * 0.03) / radius
    c.shade(1 - 0.35 * smooth(1.06, 0.98, close))


def plate(c: Canvas, x: float, y: float, radius: float, g) -> None:
    p = c.palette
    spot = c.patch(x, y, radius * 1.04)
    if spot is None:
        return
    u, v = spot.x / radius, spot.y / radius
    away, angle = np.hypot(u, v), np.arctan2(v, u)
    glaze = pool(spot, away, g)
    deep, body, pale = mix(p.zenith, p.near, 0.25), p.sky, mix(p.horizon, p.light, 0.35)
    colour = ramp([deep, mix(deep, body, 0.7), body, mix(body, pale, 0.6), pale], glaze)
    motif = painted(away, angle, g)
    ink = p.accent if abs(float(luminance(p.accent) - luminance(body))) > 0.18 else deep
    colour = colour + (ink - colour) * (0.86 * motif * (0.72 + 0.28 * glaze))[..., None]
    colour = colour * (1 - 0.26 * crackle(spot, radius, g) * (0.4 + 0.6 * glaze))[..., None]
    colour = colour * shading(u, v, away)[..., None]
    c.lay(colour, c.cover((1 - away) * radius, 1.8), spot)
    rim = np.exp(-(((away - 0.985) / 0.010) ** 2))
    c.lay(mix(from_hex("#5a3b22"), p.near, 0.3), 0.75 * rim, spot)
    window = (
        smooth(0.30, 0.22, np.abs(u + 0.36))
        * smooth(0.20, 0.14, np.abs(v + 0.40))
        * smooth(0.015, 0.03, np.abs(u + 0.36))
    )
    window = window * (1 - 0.6 * normal(octave(spot.x.shape[1], spot.y.shape[0], 4, g)))
    arc = np.exp(-(((away - 0.80) / 0.022) ** 2)) * smooth(
        0.55, 0.0, np.abs(np.angle(np.exp(1j * (angle + 2.36))))
    )
    c.glow(np.ones(3, np.float32), 0.16 * window + 0.42 * arc, spot)


def pool(spot, away: Field, g) -> Field:
    """Glaze gathers in the well and runs thin at every edge."""
    height, width = away.shape
    run = octave(width, height, 6, g) * 0.6 + octave(width, height, 15, g) * 0.4
    ring = 0.22 * np.exp(-(((away - 0.62) / 0.035) ** 2)) + 0.30 * smooth(0.90, 1.0, away)
    return np.clip(0.24 + 0.30 * away**2 + 0.30 * (run - 0.35) + ring, 0, 1)


def painted(away: Field, angle: Field, g) -> Field:
    """Brushed rings and petals around the middle; no two plates have the same counts."""
    count, rim_count = int(g.choice((8, 10, 12, 16))), int(g.choice((24, 32, 40)))
    turn = g.random() * TURN
    wave = np.cos((angle + turn) * count)
    petals = smooth(0.03, -0.03, np.abs(away - 0.27) - 0.16 * (0.5 + 0.5 * wave)) * smooth(0.06, 0.12, away)
    hearts = smooth(0.02, -0.02, np.abs(away - 0.26) - 0.09 * (0.5 + 0.5 * wave))
    flower = petals - 0.65 * hearts
    scallop = smooth(
        0.012, -0.012, np.abs(away - 0.845 - 0.045 * np.abs(np.sin((angle + turn) * rim_count / 2))) - 0.008
    )
    dots = smooth(0.018, 0.010, np.hypot(away - 0.76, np.sin((angle + turn) * rim_count / 2) * 0.05))
    lines = sum(smooth(0.007, 0.003, np.abs(away - ring)) for ring in (0.50, 0.53, 0.68, 0.93))
    middle = smooth(0.075, 0.06, away) - smooth(0.05, 0.04, away) + smooth(0.028, 0.018, away)
    return np.clip(flower + scallop + dots + lines + middle, 0, 1)


def crackle(spot, radius: float, g) -> Field:
    """Fine cracks: where the two nearest of some scattered points are equally far."""
    count = 130
    points = np.stack([g.random(count) * 2 - 1, g.random(count) * 2 - 1], axis=1).astype(np.float32) * radius
    height, width = spot.y.shape[0], spot.x.shape[1]
    bend = (octave(width, height, 9, g) - 0.5) * radius * 0.10
    x, y = spot.x + bend, spot.y - bend
    nearest = np.full((height, width), 9.0, np.float32)
    second = nearest.copy()
    for px, py in points:
        away = (x - px) ** 2 + (y - py) ** 2
        np.minimum(second, np.maximum(away, nearest), out=second)
        np.minimum(nearest, away, out=nearest)
    gap = (np.sqrt(second) - np.sqrt(nearest)) / radius
    return smooth(0.016, 0.003, gap) * (0.4 + 0.6 * octave(width, height, 5, g))


def shading(u: Field, v: Field, away: Field) -> Field:
    """The well is a shallow bowl, the rim slopes the other way; light from the upper left."""
    side = (-u - v) / np.maximum(away, 1e-3) / 1.414
    well = -smooth(0.45, 0.62, away) * smooth(0.74, 0.62, away)
    lip = smooth(0.90, 1.0, away)
    return 1 + 0.20 * side * well + 0.16 * side * lip - 0.10 * (u + v) * 0.5 - 0.05 * away
