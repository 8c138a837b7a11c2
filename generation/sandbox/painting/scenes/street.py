"""A lane in the rain at night: shop light on wet stone, paper lanterns, people under umbrellas."""

import numpy as np

from ..canvas import Canvas, smooth
from ..colour import from_hex, mix, ramp, saturated
from ..noise import octave
from ..shapes import curve, polygon, stroke
from ..weather import fall

SIGNS = ("#ff5a5f", "#ffb347", "#3ddbd9", "#f06bc5", "#7cf29c", "#6aa8ff")


def paint(c: Canvas) -> None:
    g = c.dice("street")
    eye_x, eye_y = c.ratio * (0.42 + 0.16 * g.random()), 0.46
    far_light(c, eye_x, eye_y)
    floor_y = 0.60
    for side in (-1, 1):
        houses(c, side, eye_x, eye_y, g)
    lamps(c, eye_x, eye_y, g)
    wet_ground(c, eye_x, eye_y, floor_y)
    c.plane(0.55)
    for number in range(5 + g.integers(3)):
        depth = 0.16 + 0.13 * number + 0.05 * g.random()
        x = eye_x + (g.random() - 0.5) * (0.30 + 0.9 * depth)
        walker(c, x, eye_y, depth, g)
    fall(c, "rain", 1.0)
    c.sounds.add("rain")


def far_light(c: Canvas, x: float, y: float) -> None:
    p = c.palette
    away = np.hypot((c.x - x) * 1.0, (c.y - y) * 1.25)
    mist = c.clouds("street mist", cells=4, octaves=4)
    warm = mix(p.accent, p.light, 0.35)
    level = np.clip(np.exp(-away / 0.30) * 1.05 + 0.10 * (mist - 0.5), 0, 1)
    c.fill(
        ramp(
            [mix(p.near, p.zenith, 0.4), mix(p.zenith, p.sky, 0.4), mix(p.sky, warm, 0.35), warm, p.light],
            level * 0.9,
        )
    )


def houses(c: Canvas, side: int, eye_x: float, eye_y: float, g) -> None:
    """Fronts run towards the eye; near ones are dark, far ones drown in light."""
    p = c.palette
    edges = [1.25, 0.86, 0.62, 0.45, 0.33, 0.24, 0.17]
    for number in range(len(edges) - 2, -1, -1):
        near, far = edges[number], edges[number + 1]
        tall = 1.05 + 0.55 * g.random()
        wall = front(eye_x, eye_y, side, near, far, tall, 0.36)
        air = (number / (len(edges) - 2)) ** 0.7
        tone = mix(mix(p.near, p.zenith, 0.35), mix(p.sky, p.accent, 0.4), 0.62 * air)
        c.lay(tone * (0.85 + 0.3 * g.random()), *polygon(c, wall))
        shop(c, side, eye_x, eye_y, near, far, g)


def front(eye_x, eye_y, side, near, far, top, foot):
    """A wall between two depths; `top` and `foot` are heights over and under the eye at depth 1."""
    a, b = eye_x + side * near * 0.78, eye_x + side * far * 0.78
    return [
        (a, eye_y - top * near),
        (b, eye_y - top * far),
        (b, eye_y + foot * far),
        (a, eye_y + foot * near),
    ]


def shop(c: Canvas, side: int, eye_x: float, eye_y: float, near: float, far: float, g) -> None:
    """A lit opening, an awning over it, windows above, a glowing panel that stands out into the lane."""
    p = c.palette
    warm = mix(p.accent, p.light, 0.25 + 0.5 * g.random())
    inner_near, inner_far = near * 0.93, far * 1.08
    opening, spot = polygon(c, front(eye_x, eye_y, side, inner_near, inner_far, 0.02, 0.34))
    shelf = 0.75 + 0.35 * np.sin(spot.y * 60 / near) * np.sin(spot.x * 90 / near)
    c.lay(warm * np.clip(0.62 + 0.38 * shelf, 0, 1.1)[..., None], opening * 0.92, spot)
    light = c.patch(eye_x + side * (near + far) * 0.39, eye_y + 0.2 * near, near * 0.8)
    if light is not None:
        c.glow(warm, 0.20 * np.exp(-((np.hypot(light.x, light.y) / (0.34 * near)) ** 2)), light)
    awning = front(eye_x, eye_y, side, near * 0.97, far * 1.02, 0.10, -0.015)
    awning[0] = (awning[0][0] - side * 0.10 * near, awning[0][1] + 0.05 * near)
    awning[3] = (awning[3][0] - side * 0.16 * near, awning[3][1] + 0.03 * near)
    c.lay(mix(p.near, from_hex(SIGNS[g.integers(6)]), 0.28), *polygon(c, awning))
    for level in (0.26, 0.52, 0.78):
        for part in (0.22, 0.62):
            if g.random() < 0.55:
                at, to = near + (far - near) * part, near + (far - near) * (part + 0.20)
                pane = window(eye_x, eye_y, side, at, to, level)
                c.lay(mix(p.near, warm, 0.35 + 0.6 * g.random()), *polygon(c, pane))
    panel(c, eye_x + side * near * 0.70, eye_y - near * (0.18 + 0.30 * g.random()), near, g)


def window(eye_x, eye_y, side, near, far, level):
    a, b = eye_x + side * near * 0.78, eye_x + side * far * 0.78
    return [
        (a, eye_y - (level + 0.13) * near),
        (b, eye_y - (level + 0.13) * far),
        (b, eye_y - level * far),
        (a, eye_y - level * near),
    ]


def panel(c: Canvas, x: float, y: float, near: float, g) -> None:
    """A neon panel of stripes, seen edge on."""
    colour = from_hex(SIGNS[g.integers(6)])
    wide, tall = near * 0.055, near * (0.16 + 0.12 * g.random())
    spot = c.patch(x, y, wide * 5, tall * 2)
    if spot is None:
        return
    u, v = spot.x / wide, spot.y / tall
    inside = np.minimum(1 - np.abs(u), 1 - np.abs(v))
    tube = smooth(0.0, 0.25, inside) * (0.45 + 0.55 * (np.sin(v * 9) > -0.2))
    c.glow(colour, 0.55 * np.exp(-(np.clip(np.hypot(u / 2.2, v / 1.3), 0, 3) ** 2)), spot)
    c.lay(mix(colour, np.ones(3, np.float32), 0.45), tube * 0.95, spot)


def lamps(c: Canvas, eye_x: float, eye_y: float, g) -> None:
    """Strings of lanterns across the lane, sagging, larger as they come nearer."""
    red = saturated(mix(from_hex("#e23b2e"), c.palette.accent, 0.35), 1.15)
    for depth in (0.26, 0.40, 0.62, 0.92):
        y = eye_y - depth * (0.62 + 0.1 * g.random())
        way = curve(
            (eye_x - depth * 0.74, y), (eye_x, y + depth * 0.30), (eye_x + depth * 0.74, y - 0.03), count=40
        )
        c.lay(c.palette.near, *stroke(c, way, 0.004 * depth))
        for place in range(4, 40, 5):
            lantern(c, float(way[place, 0]), float(way[place, 1]) + depth * 0.050, depth * 0.046, red, g)


def lantern(c: Canvas, x: float, y: float, size: float, red, g) -> None:
    spot = c.patch(x, y, size * 4.5)
    if spot is None:
        return
    u, v = spot.x / size, spot.y / size / 0.86
    away = np.hypot(u, v)
    core = np.exp(-((u / 0.75) ** 2) - ((v - 0.1) / 0.9) ** 2)
    ribs = 1 - 0.14 * (np.cos(np.arcsin(np.clip(u, -1, 1)) * 7) > 0.72)
    colour = ramp([red * 0.45, red, mix(red, c.palette.light, 0.55), c.palette.light], core * 0.92)
    c.glow(mix(red, c.palette.accent, 0.3), 0.42 * np.exp(-((away / 1.8) ** 2)), spot)
    c.lay(colour * ribs[..., None], c.cover((1 - away) * size, 2.0), spot)
    c.lay(c.palette.near, c.cover(np.minimum(0.42 - np.abs(u), 0.12 - np.abs(np.abs(v) - 1.02)) * size), spot)


def wet_ground(c: Canvas, eye_x: float, eye_y: float, floor_y: float) -> None:
    """Stone shows everything above it, drawn out downwards and broken at the joints."""
    picture = c.merged()
    rows = np.arange(c.height)
    horizon = eye_y + 0.055
    depth = np.clip((c.y[:, 0] - horizon) / (1 - horizon), 0, 1)
    mirror = np.clip((horizon - (c.y[:, 0] - horizon) * 0.82) * c.height, 0, c.height - 1).astype(int)
    reflected = picture[mirror]
    for shift in (3, 7, 15, 28, 46):
        reflected = np.maximum(
            reflected * 0.84, picture[np.clip(mirror - shift * c.height // 700, 0, c.height - 1)] * 0.70
        )
    g = c.dice("stones")
    bump = octave(c.width, c.height, 60, g, stretch=2.5)
    puddle = smooth(0.30, 0.62, c.clouds("puddles", cells=5, octaves=4, stretch=2.5))
    left = np.clip(
        np.arange(c.width)[None, :] + (bump - 0.5) * c.height * 0.05 * depth[:, None], 0, c.width - 1
    ).astype(int)
    reflected = reflected[rows[:, None], left]
    joints = stones(c, eye_x, horizon)
    wet = (0.34 + 0.50 * puddle) * (0.70 + 0.45 * bump) * (1 - 0.55 * joints * (1 - puddle))
    base = mix(c.palette.near, c.palette.zenith, 0.35)
    half = 0.78 * (c.y - eye_y) / 0.36
    lane = c.cover(c.y - horizon) * c.cover(half + 0.02 - np.abs(c.x - eye_x), 4.0)
    kerb = np.maximum(lane, c.cover(c.y - 0.86 - 0.0 * c.x))
    c.lay(base * (0.6 + 0.4 * bump)[..., None] + reflected * wet[..., None], kerb)
    c.shimmer(
        "glitter", c.palette.light, 0.10 * smooth(0.72, 0.95, bump) * lane * puddle * reflected.max(axis=2)
    )


def stones(c: Canvas, eye_x: float, horizon: float) -> np.ndarray:
    """Joints of paving in perspective."""
    depth = 1 / np.clip(c.y - horizon + 0.03, 0.03, None)
    across = (c.x - eye_x) * depth * 3.2
    rows = depth * 2.6
    odd = np.floor(rows) % 2 * 0.5
    joint_x = np.abs(np.mod(across + odd, 1) - 0.5)
    joint_y = np.abs(np.mod(rows, 1) - 0.5)
    return smooth(0.44, 0.49, np.maximum(joint_x, joint_y))


def walker(c: Canvas, x: float, eye_y: float, depth: float, g) -> None:
    """A figure with an umbrella, dark against the light, its reflection beneath."""
    p = c.palette
    size, foot = 0.36 * depth, eye_y + 0.36 * depth
    dark = mix(p.near, mix(p.sky, p.accent, 0.3), 0.42 * (1 - min(1.0, depth / 0.7)))
    colour = mix(dark, from_hex(SIGNS[g.integers(6)]), 0.30 + 0.25 * g.random())
    mask, spot = polygon(c, mirrored(coat(x, foot, size), foot))
    fade = 0.62 * np.clip(1.05 - (spot.y - spot.y[0]) / (size * 0.75), 0, 1)
    c.lay(dark * 0.7, mask * fade, spot)
    c.lay(dark, *polygon(c, coat(x, foot, size)))
    c.lay(dark, *polygon(c, oval(x, foot - size * 0.86, size * 0.060, size * 0.075)))
    lean = size * 0.10 * (g.random() - 0.5)
    c.lay(
        dark,
        *stroke(c, [(x + size * 0.05, foot - size * 0.60), (x + lean, foot - size * 1.18)], size * 0.016),
    )
    umbrella(c, x + lean, foot - size * 1.18, size * 0.42, colour)


def coat(x: float, foot: float, size: float):
    half = [
        (0.05, -0.79),
        (0.13, -0.74),
        (0.16, -0.55),
        (0.17, -0.26),
        (0.10, -0.25),
        (0.10, -0.02),
        (0.12, 0.0),
        (0.02, 0.0),
        (0.015, -0.24),
    ]
    right = [(x + a * size, foot + b * size) for a, b in half]
    left = [(x - a * size, foot + b * size) for a, b in half[::-1]]
    return right + left


def mirrored(outline, foot: float):
    return [(x, 2 * foot - y) for x, y in outline]


def oval(x: float, y: float, wide: float, tall: float):
    angles = np.linspace(0, 2 * np.pi, 28)
    return [(x + np.cos(a) * wide, y + np.sin(a) * tall) for a in angles]


def umbrella(c: Canvas, x: float, y: float, wide: float, colour) -> None:
    spot = c.patch(x, y + wide * 0.2, wide * 1.1)
    if spot is None:
        return
    u, v = spot.x / wide, (spot.y + wide * 0.2) / wide
    dome = 0.52 * np.sqrt(np.clip(1 - u**2, 0, 1))
    scallop = 0.05 * np.abs(np.sin(u * np.pi * 2.5))
    inside = np.minimum(v - (0.5 - dome), 0.50 - scallop - v)
    ribs = 0.80 + 0.20 * np.abs(np.cos(u * np.pi * 2.5)) + 0.22 * (0.5 - v)
    rim = smooth(0.10, 0.0, v - (0.5 - dome)) * 0.5
    lit = mix(colour, c.palette.light, 0.35)
    shade = colour * ribs[..., None]
    c.lay(shade + (lit - shade) * rim[..., None], c.cover(inside * wide), spot)
