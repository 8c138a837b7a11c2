"""Fruit and vessels on a table by a window, in the manner of quiet old painters."""

import numpy as np

from ..canvas import Canvas, smooth
from ..colour import from_hex, mix, ramp
from ..noise import normal, octave

# colours from shadow to light, shape (1 is round), whether it shows a crown or a stem
FRUIT = {
    "orange": ("#5a2106 #c7611a #f09a3a #ffd9a0", 0.96, "dimple"),
    "mango": ("#5d2a0c #c9862a #efc04a #fff0b8", 0.74, "stem"),
    "pomegranate": ("#35070d #8f1c25 #cf4a3f #f5b09a", 0.95, "crown"),
    "mangosteen": ("#16070f #41172b #74324d #c08aa2", 0.92, "leaves"),
    "lime": ("#16260a #4f7a22 #93b545 #e6efb0", 0.88, "stem"),
    "pear": ("#3d3210 #8f8a2c #cfc45c #fbf3c4", 0.86, "stem"),
    "plum": ("#0f0a1f #342a5c #6b5f9c #c3bce0", 0.94, "dimple"),
}
LIGHT = np.array([-0.58, -0.55, 0.60])


def paint(c: Canvas) -> None:
    g = c.dice("still life")
    table = 0.63 + 0.06 * g.random()
    wall(c, table, g)
    board(c, table)
    x, unit = c.ratio * (0.50 + 0.06 * (g.random() - 0.5)), c.unit
    vase_x = x - unit * (0.30 + 0.05 * g.random())
    vessel(c, vase_x, table + 0.10, unit * 0.50, VASES[g.integers(len(VASES))], "vase", wide=0.36)
    bowl_y = table + 0.17
    rows = [
        (x + unit * (0.02 + 0.125 * place), bowl_y - unit * 0.165 - unit * 0.03 * (place % 2))
        for place in range(4)
    ]
    kinds = list(FRUIT)
    for fx, fy in [(x + unit * 0.12, bowl_y - unit * 0.25), (x + unit * 0.27, bowl_y - unit * 0.245), *rows]:
        fruit(c, fx, fy, unit * (0.074 + 0.014 * g.random()), kinds[g.integers(len(kinds))], g, shadow=False)
    vessel(c, x + unit * 0.20, bowl_y, unit * 0.17, BOWL, "bowl", wide=1.42)
    for place in range(3 + g.integers(2)):
        fx = x - unit * 0.24 + unit * 0.24 * place + unit * 0.06 * g.random()
        size = unit * (0.068 + 0.018 * g.random())
        fruit(
            c,
            fx,
            bowl_y + unit * (0.05 + 0.055 * (place % 2)) - size,
            size,
            kinds[g.integers(len(kinds))],
            g,
            shadow=True,
        )
    if c.ratio < 0.8:
        c.glow(c.palette.light, 0.05 * np.exp(-((c.y / 0.3) ** 2)))


# profiles from the rim to the foot: (height, radius)
VASES = (
    [(0, .30), (.03, .34), (.06, .27), (.22, .22), (.34, .34), (.55, .70),
     (.72, .74), (.88, .52), (.96, .42), (1, .44)],
    [(0, .22), (.03, .26), (.06, .19), (.34, .16), (.48, .34), (.66, .66), (.80, .72), (.93, .56), (1, .46)],
    [(0, .56), (.03, .60), (.07, .54), (.30, .62), (.55, .72), (.78, .64), (.94, .46), (1, .50)],
)  # fmt: skip
BOWL = [
    (0, 0.98),
    (0.06, 1.0),
    (0.10, 0.97),
    (0.40, 0.86),
    (0.70, 0.62),
    (0.86, 0.40),
    (0.90, 0.36),
    (1, 0.40),
]


def wall(c: Canvas, table: float, g) -> None:
    """Plaster in a slope of window light."""
    p = c.palette
    plaster = c.clouds("plaster", cells=5, octaves=6, roughness=0.55)
    slope = np.exp(-((((c.x / c.ratio - 0.30) * 0.9 + (c.y - 0.30) * 0.7) / 0.42) ** 2))
    bars = smooth(0.02, 0.06, np.abs(np.mod((c.x - c.y * 0.55) * 3.1 + g.random(), 1) - 0.5))
    level = 0.14 + 0.52 * slope * (0.86 + 0.14 * bars) + 0.10 * (plaster - 0.5)
    c.fill(
        ramp(
            [p.near, mix(p.near, p.zenith, 0.8), mix(p.zenith, p.far, 0.6), p.far, p.horizon],
            np.clip(level, 0, 1),
        )
    )


def board(c: Canvas, table: float) -> None:
    p = c.palette
    wood = mix(mix(from_hex("#6b4527"), p.far, 0.40), p.near, 0.25)
    grain = (
        octave(c.width, c.height, 70, c.dice("grain"), stretch=26) * 0.6
        + octave(c.width, c.height, 18, c.dice("knots"), stretch=9) * 0.4
    )
    depth = np.clip((c.y - table) / (1 - table), 0, 1)
    light = 0.74 + 0.50 * np.exp(-(((c.x / c.ratio - 0.38) / 0.40) ** 2)) * (1 - 0.5 * depth)
    c.lay(wood * (light * (0.80 + 0.36 * grain))[..., None], c.cover(c.y - table))
    c.lay(mix(p.horizon, wood, 0.45), 0.55 * np.exp(-(((c.y - table) / 0.004) ** 2)))
    front = 0.94
    c.lay(wood * (0.50 * (0.8 + 0.3 * grain))[..., None], c.cover(c.y - front))


def cast(c: Canvas, x: float, foot: float, wide: float, strength: float = 0.62) -> None:
    """A shadow that leaves the object to the right and loses its edge."""
    spot = c.patch(x + wide * 0.7, foot, wide * 2.6, wide * 0.7)
    if spot is None:
        return
    u, v = (spot.x + wide * 0.7) / wide, spot.y / (wide * 0.24)
    long = np.where(u > 0, u / 2.1, u / 0.95)
    c.shade(1 - strength * smooth(1.15, 0.25, np.hypot(long, v - 0.12 * u)), spot)


def fruit(c: Canvas, x: float, y: float, size: float, kind: str, g, *, shadow: bool) -> None:
    codes, shape, detail = FRUIT[kind]
    if shadow:
        cast(c, x, y + size * 0.92, size)
    spot = c.patch(x, y, size * 1.5)
    if spot is None:
        return
    turn = (g.random() - 0.5) * 1.2 if shape < 0.8 else 0.0
    u = (spot.x * np.cos(turn) + spot.y * np.sin(turn)) / size
    v = (-spot.x * np.sin(turn) + spot.y * np.cos(turn)) / size / shape
    away = np.hypot(u, v)
    z = np.sqrt(np.clip(1 - away**2, 0, 1))
    sun = np.clip((spot.x * LIGHT[0] + spot.y * LIGHT[1]) / size + z * LIGHT[2], -1, 1)
    skin = (
        octave(spot.x.shape[1], spot.y.shape[0], 5, g) * 0.6
        + octave(spot.x.shape[1], spot.y.shape[0], 22, g) * 0.4
    )
    level = 0.30 + 0.50 * sun + 0.16 * (skin - 0.5) + 0.10 * smooth(0.2, 0.9, spot.y / size)
    colour = ramp([from_hex(code) for code in codes.split()], np.clip(level, 0, 0.88))
    c.lay(colour, c.cover((1 - away) * size * shape), spot)
    shine = np.exp(-(((spot.x / size + 0.38) / 0.17) ** 2) - ((spot.y / size + 0.40) / 0.13) ** 2)
    c.glow(np.ones(3, np.float32), 0.42 * shine * (away < 1), spot)
    tops(c, spot, size, shape, detail, from_hex(codes.split()[0]))


def tops(c: Canvas, spot, size: float, shape: float, detail: str, dark) -> None:
    u, v = spot.x / size, spot.y / size / shape
    if detail == "dimple":
        c.shade(1 - 0.5 * np.exp(-((u / 0.10) ** 2) - ((v + 0.72) / 0.05) ** 2), spot)
    elif detail == "stem":
        line = np.minimum(0.035 - np.abs(u - 0.10 * (v + 1) ** 2 * 8), np.minimum(v + 1.30, -0.85 - v))
        c.lay(dark, c.cover(line * size), spot)
    elif detail == "crown":
        crown = np.minimum(0.24 - np.abs(u), np.minimum(v + 1.16 - 0.10 * np.abs(np.sin(u * 26)), -0.86 - v))
        c.lay(mix(dark, from_hex("#d98a5a"), 0.45), c.cover(crown * size), spot)
    else:
        angle = np.arctan2(v + 0.78, u * 0.8)
        leaf = 0.30 + 0.12 * np.cos(angle * 4) - np.hypot(u * 0.8, (v + 0.78) * 1.9)
        c.lay(mix(from_hex("#5f7a3c"), dark, 0.25), c.cover(leaf * size), spot)


def vessel(c: Canvas, x: float, foot: float, tall: float, profile, name: str, *, wide: float) -> None:
    """Turned on a wheel: glaze over clay, a soft window in its shine."""
    p = c.palette
    g = c.dice(name)
    reach = tall * wide
    cast(c, x, foot - tall * 0.02, reach * 0.62)
    spot = c.patch(x, foot - tall / 2, reach * 1.1, tall * 0.52)
    if spot is None:
        return
    heights, radii = np.array(profile).T
    height = np.clip((spot.y + tall / 2) / tall, 0, 1)
    at = np.linspace(0, 1, 200)
    smoothed = np.convolve(
        np.pad(np.interp(at, heights, radii), 5, mode="edge"), np.hanning(11) / 5.0, "valid"
    )
    radius = np.interp(height, at, smoothed) * reach
    turn = np.clip(spot.x / np.maximum(radius, 1e-4), -1, 1)
    z = np.sqrt(1 - turn**2)
    light = 0.16 + 0.50 * np.clip(-0.62 * turn + 0.78 * z, 0, 1) ** 1.2 + 0.08 * smooth(0.75, 1.0, turn)
    run = (
        octave(spot.x.shape[1], spot.y.shape[0], 5, g, stretch=0.5) * 0.6
        + octave(spot.x.shape[1], spot.y.shape[0], 24, g) * 0.4
    )
    light = light + 0.10 * (run - 0.5) - 0.10 * smooth(0.6, 1.0, height)
    glaze = [
        mix(p.near, p.accent, 0.18),
        mix(p.zenith, p.accent, 0.35),
        mix(p.sky, p.accent, 0.45),
        mix(p.horizon, p.light, 0.4),
    ]
    clay = [from_hex(code) for code in ("#23130b", "#6b4128", "#b5835a", "#ecd0ab")]
    dip = (
        smooth(0.0, 0.03, height - 0.66 - 0.05 * normal(run))
        if name == "vase"
        else smooth(0.0, 0.02, height - 0.93)
    )
    colour = ramp(glaze, light) * (1 - dip)[..., None] + ramp(clay, light) * dip[..., None]
    inside = c.cover(radius - np.abs(spot.x), 1.5) * (np.abs(spot.y) <= tall / 2)
    c.lay(colour, inside, spot)
    gleam = np.exp(-(((turn + 0.48) / 0.085) ** 2)) * smooth(0.10, 0.3, height) * smooth(0.85, 0.45, height)
    c.glow(np.ones(3, np.float32), 0.34 * gleam * inside * (1 - dip), spot)
    lip = np.exp(-(((height - 0.015) / 0.014) ** 2)) * inside
    c.glow(p.light, 0.22 * lip * (1 - np.clip(turn, 0, 1)), spot)
