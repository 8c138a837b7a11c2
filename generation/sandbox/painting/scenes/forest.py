"""A wood in morning haze: trunks behind trunks, and light coming down between them."""

import numpy as np

from ..canvas import Canvas, smooth
from ..colour import mix, ramp
from ..noise import line, octave
from ..shapes import curve, polygon, tapered

ROWS = 5


def paint(c: Canvas) -> None:
    g = c.dice("forest")
    sun_x, sun_y = c.ratio * (0.25 + 0.5 * g.random()), 0.02 + 0.16 * g.random()
    backdrop(c, sun_x, sun_y)
    floor = 0.80
    for number in range(ROWS):
        nearness = number / (ROWS - 1)
        if number in (2, 4):
            c.plane(0.2 + 0.7 * nearness)
        row(c, number, nearness, floor + 0.14 * nearness, sun_x)
        if number < ROWS - 1:
            shafts(c, number, sun_x, sun_y, 0.42 - 0.06 * number)
    motes(c, g)
    c.sounds.add("birds")


def backdrop(c: Canvas, x: float, y: float) -> None:
    p = c.palette
    away = np.hypot((c.x - x) * 0.9, c.y - y)
    leaves = c.clouds("far leaves", cells=14, octaves=5, roughness=0.6)
    level = np.clip(1.08 - away * 1.15 + 0.14 * (leaves - 0.5), 0, 1)
    c.fill(ramp([mix(p.far, p.near, 0.25), p.far, mix(p.sky, p.horizon, 0.5), p.horizon, p.light], level))


def row(c: Canvas, number: int, nearness: float, floor: float, sun_x: float) -> None:
    p = c.palette
    g = c.dice(f"row {number}")
    haze = mix(p.horizon, p.sky, 0.35)
    bark = mix(mix(p.near, p.far, 0.18), haze, 0.86 - 0.86 * nearness**0.75)
    canopy(c, number, nearness, bark)
    count = int((15 - 2.4 * number) * max(0.6, c.ratio)) + 1
    for place in range(count):
        x = c.ratio * (place + 0.15 + 0.7 * g.random()) / count
        wide = c.unit * (0.010 + 0.052 * nearness**1.6) * (0.7 + 0.7 * g.random())
        trunk(c, x, floor, wide, bark, sun_x, g, number)
    ground(c, number, nearness, floor, bark)


def trunk(c: Canvas, x: float, floor: float, wide: float, bark, sun_x: float, g, number: int) -> None:
    lean = (g.random() - 0.5) * 0.10
    way = curve((x + lean, -0.05), (x + lean * 0.3, 0.4), (x, floor + 0.02), count=16)
    flare = wide * (0.62 + 0.38 * np.linspace(0, 1, 16)) + wide * 0.9 * np.linspace(0, 1, 16) ** 14
    mask, spot = polygon(c, tapered(way, flare))
    side = np.clip(spot.x / wide * np.sign(sun_x - x + 1e-3) + lean, -1, 1)
    rough = octave(spot.x.shape[1], spot.y.shape[0], 24, g, stretch=0.10) if number > 1 else 0.5
    light = 0.78 + 0.16 * side + 0.34 * (np.asarray(rough) - 0.5)
    rim = smooth(0.20, 0.62, side) * 0.30
    colour = bark * np.broadcast_to(light, mask.shape)[..., None]
    warm = mix(c.palette.horizon, c.palette.light, 0.4)
    c.lay(colour + (warm - colour) * np.broadcast_to(rim, mask.shape)[..., None] * 0.55, mask, spot)
    for _ in range(2 + g.integers(3)):
        branch(c, x + lean * 0.6, floor * (0.12 + 0.40 * g.random()), wide, bark, g)


def branch(c: Canvas, x: float, y: float, wide: float, bark, g) -> None:
    side, reach = (-1 if g.random() < 0.5 else 1), wide * (2.0 + 3.0 * g.random())
    way = curve(
        (x, y),
        (x + side * reach * 0.6, y - reach * 0.15),
        (x + side * reach, y - reach * (0.3 + 0.5 * g.random())),
        count=9,
    )
    c.lay(bark * 0.85, *polygon(c, tapered(way, np.linspace(wide * 0.30, wide * 0.03, 9))))


def canopy(c: Canvas, number: int, nearness: float, bark) -> None:
    """Leaves hang in from above, in clumps with holes."""
    g = c.dice(f"canopy {number}")
    low = (0.30 - 0.20 * nearness) + 0.16 * line(c.width, g, steps=6, octaves=4)
    clumps = octave(c.width, c.height, 9 - nearness * 3, g) * 0.55 + octave(c.width, c.height, 34, g) * 0.30
    clumps = clumps + octave(c.width, c.height, 110, g) * 0.25
    mask = smooth(0.50, 0.60, clumps + (low[None, :] - c.y) * 1.5)
    tone = 0.75 + 0.45 * clumps
    leaf = mix(bark, c.palette.far, 0.30)
    c.lay(leaf * tone[..., None], mask * (0.55 + 0.35 * nearness))


def ground(c: Canvas, number: int, nearness: float, floor: float, bark) -> None:
    g = c.dice(f"ground {number}")
    top = floor - 0.03 - 0.05 * line(c.width, g, steps=7, octaves=9, roughness=0.66)
    blades = octave(c.width, c.height, 60, g, stretch=0.25)
    below = c.y - top[None, :] + 0.022 * (blades - 0.5)
    green = mix(bark, mix(c.palette.far, c.palette.sky, 0.3), 0.35)
    light = (0.70 + 0.5 * blades) * (1 - 0.4 * smooth(0.0, 0.25, below))
    c.lay(green * light[..., None], c.cover(below, 3.0))


def shafts(c: Canvas, number: int, x: float, y: float, strength: float) -> None:
    """Rays from the gap where the sun stands, of uneven brightness around it."""
    g = c.dice(f"shafts {number}")
    angle = np.arctan2(c.x - x, c.y - y + 0.25)
    place = (angle / np.pi + 1) / 2 * 90
    rays = np.interp(place, np.arange(91), g.random(91) ** 2.2)
    fine = np.interp(place * 3.1, np.arange(280), g.random(280))
    away = np.hypot(c.x - x, c.y - y + 0.25)
    dust = c.clouds(f"dust {number}", cells=3, octaves=4)
    beam = smooth(0.30, 0.95, rays * 0.8 + fine * 0.3) * np.exp(-away / 0.75) * (0.5 + 0.8 * dust)
    c.glow(
        mix(c.palette.horizon, c.palette.light, 0.55), strength * (2.0 * beam + 0.45 * np.exp(-away / 0.35))
    )


def motes(c: Canvas, g) -> None:
    light = np.zeros((c.height, c.width), np.float32)
    for _ in range(70):
        row, column = int(g.random() * c.height * 0.9), int(g.random() * c.width)
        light[row : row + 2, column : column + 2] = 0.25 + 0.5 * g.random()
    c.shimmer("twinkle", mix(c.palette.horizon, c.palette.light, 0.6), light)
