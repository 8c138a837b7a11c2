"""A wall of leaves, dark behind and bright in front, with flowers where the light falls."""

import numpy as np

from ..canvas import Canvas, Patch, smooth
from ..colour import from_hex, mix, ramp, saturated
from ..noise import Field
from ..shapes import blurred, curve, polygon, tapered

BLOSSOMS = (("#b34a12 #f2a93b #ffe9a8 #fffaf0", 5), ("#7d1438 #d9386b #f794ab #fff0f0", 6),
            ("#3a2a86 #8a74d6 #d3c4f5 #faf6ff", 6), ("#8c2f10 #e8642c #ffb066 #fff0d6", 5))  # fmt: skip


def paint(c: Canvas) -> None:
    g = c.dice("botanical")
    p = c.palette
    c.fill(ramp([p.near * 0.5, p.near, mix(p.near, p.zenith, 0.6)], c.clouds("depth", cells=3, octaves=4)))
    kinds = [fern, blade, palm_fan, heart]
    order = [kinds[index] for index in g.permutation(4)]
    light_x, light_y = c.ratio * (0.3 + 0.4 * g.random()), 0.35
    for level in range(5):
        nearness = level / 4
        if level in (2, 4):
            c.plane(0.2 + 0.7 * nearness)
        scatter(c, g, nearness, order[level % 4], light_x, light_y)
        if level == 3:
            flowers(c, g, light_x, light_y, 3 + g.integers(3))
    flowers(c, g, light_x, light_y, 2 + g.integers(2))
    glow = np.exp(-((np.hypot(c.x - light_x, c.y - light_y) / 0.5) ** 2))
    c.glow(mix(p.horizon, p.light, 0.4), 0.07 * glow)
    c.sounds.add("birds")


def scatter(c: Canvas, g, nearness: float, kind, light_x: float, light_y: float) -> None:
    """Leaves point away from the middle, so that the picture opens towards it."""
    count = int((17 - 8 * nearness) * max(0.7, c.ratio)) + 2
    for _ in range(count):
        angle = g.random() * 2 * np.pi
        spread = 0.18 + 0.55 * g.random() ** 0.7 + 0.16 * nearness
        x, y = c.ratio * (0.5 + spread * np.cos(angle)), 0.5 + spread * np.sin(angle)
        turn = np.arctan2(-(y - 0.5), x - c.ratio / 2) + np.pi + (g.random() - 0.5) * 1.5
        length = c.unit * (0.22 + 0.20 * g.random() + 0.10 * nearness)
        lit = np.exp(-np.hypot(x - light_x, y - light_y) / 0.55)
        kind(c, g, (x, y), turn, length, leaf_colours(c, g, nearness, lit))


def leaf_colours(c: Canvas, g, nearness: float, lit: float) -> list:
    p = c.palette
    green = mix(from_hex(("#2f6b3f", "#3f7a34", "#1f6a5a", "#6a8a34")[g.integers(4)]), p.sky, 0.34)
    body = mix(
        mix(p.near, green, 0.30 + 0.55 * nearness), p.horizon, 0.22 * nearness * lit + 0.06 * g.random()
    )
    body = saturated(body, 1.35)
    return [body * 0.40, body * 0.78, body, mix(body, p.horizon, 0.30 + 0.22 * lit)]


def drop_shadow(c: Canvas, mask: Field, spot: Patch, reach: float) -> None:
    margin = int(reach * c.height * 3) + 2
    rows = slice(max(0, spot.rows.start - margin), min(c.height, spot.rows.stop + margin))
    columns = slice(max(0, spot.columns.start - margin), min(c.width, spot.columns.stop + margin))
    sheet = np.zeros((rows.stop - rows.start, columns.stop - columns.start), np.float32)
    top, left = spot.rows.start - rows.start, spot.columns.start - columns.start
    sheet[top : top + mask.shape[0], left : left + mask.shape[1]] = mask
    shift = max(1, round(reach * c.height))
    soft = blurred(np.roll(sheet, (shift, shift // 2), (0, 1)), reach * c.height)
    c.shade(1 - 0.42 * soft, Patch(rows, columns, c.x[:, columns], c.y[rows]))


def lay_leaf(
    c: Canvas, outline, base, angle: float, length: float, colours, *, veins: float, spread: float
) -> None:
    """One half of the blade catches the light, the other does not; side veins run forward from the rib."""
    mask, spot = polygon(c, outline)
    x = spot.x + outline[0][0] - base[0]
    y = spot.y + outline[0][1] - base[1]
    along = (x * np.cos(angle) - y * np.sin(angle)) / length
    aside = (x * np.sin(angle) + y * np.cos(angle)) / length
    lines = smooth(0.80, 1.0, np.cos((along - np.abs(aside) * spread) * veins))
    side = np.where(aside < 0, 0.60, 0.40)
    level = (
        side
        + 0.20 * along
        - 0.10 * np.abs(aside) * 4
        + 0.16 * lines
        + 0.05 * np.cos((along - np.abs(aside) * spread) * veins)
    )
    drop_shadow(c, mask, spot, 0.006)
    c.lay(ramp(colours, np.clip(level, 0, 1)), mask, spot)


def blade(c: Canvas, g, base, angle: float, length: float, colours) -> None:
    """A long banana-like leaf."""
    way = bent(base, angle, length, (g.random() - 0.5) * 0.25)
    at = np.linspace(0, 1, len(way))
    outline = tapered(way, length * 0.30 * np.sin(np.pi * at**0.75) ** 0.75)
    lay_leaf(c, outline, base, angle, length, colours, veins=150, spread=0.9)
    rib(c, way, length, colours)


def heart(c: Canvas, g, base, angle: float, length: float, colours) -> None:
    """A broad leaf with deep cuts between its ribs."""
    at = np.linspace(0, 1, 120)
    reach = length * 0.62
    half = 0.52 * np.sin(np.pi * at**0.62) ** 0.8
    cuts = 1 - 0.50 * smooth(0.55, 1.0, np.abs(np.sin(at * np.pi * 5.5))) * smooth(0.12, 0.3, at) * smooth(
        0.97, 0.8, at
    )
    x = at - 0.18 * np.exp(-at * 9) * 1.4
    points = [
        (px, side * w * k) for side in (1, -1) for px, w, k in list(zip(x, half, cuts, strict=True))[::side]
    ]
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    outline = [
        (
            base[0] + reach * (px * turn[0, 0] + py * turn[1, 0]),
            base[1] - reach * (px * turn[1, 0] - py * turn[0, 0]),
        )
        for px, py in points
    ]
    lay_leaf(c, outline, base, angle, length * 0.7, colours, veins=44, spread=0.7)
    rib(c, bent(base, angle, reach * 0.95, 0.0), length, colours)


def fern(c: Canvas, g, base, angle: float, length: float, colours) -> None:
    """A frond of narrow leaflets that shorten to its tip."""
    way = bent(base, angle, length, (g.random() - 0.5) * 0.9)
    leaflets = []
    for place in range(2, len(way) - 1):
        step = way[place + 1] - way[place]
        turn = np.arctan2(-step[1], step[0])
        reach = length * 0.26 * np.sin(np.pi * (place / len(way)) ** 0.7) ** 0.8
        for side in (-1, 1):
            tip = bent(way[place], turn + side * 1.05, reach, -side * 0.25, count=8)
            leaflets.append(tapered(tip, reach * 0.20 * np.sin(np.pi * np.linspace(0.08, 1, 8) ** 0.8)))
    mask, spot = polygon(c, *leaflets)
    x, y = spot.x + leaflets[0][0][0] - base[0], spot.y + leaflets[0][0][1] - base[1]
    aside = x * np.sin(angle) + y * np.cos(angle)
    along = (x * np.cos(angle) - y * np.sin(angle)) / length
    drop_shadow(c, mask, spot, 0.004)
    c.lay(ramp(colours, np.clip(np.where(aside < 0, 0.72, 0.48) + 0.22 * along, 0, 1)), mask, spot)
    rib(c, way, length * 0.8, colours)


def palm_fan(c: Canvas, g, base, angle: float, length: float, colours) -> None:
    blades = []
    for turn in np.linspace(-1.25, 1.25, 17):
        reach = length * (0.78 - 0.16 * abs(turn))
        way = bent(base, angle + turn, reach, turn * 0.12, count=12)
        blades.append(tapered(way, reach * 0.12 * np.sin(np.pi * np.linspace(0.05, 1, 12) ** 0.7)))
    for number, outline in enumerate(blades):
        mask, spot = polygon(c, outline)
        if number % 3 == 0:
            drop_shadow(c, mask, spot, 0.004)
        c.lay(colours[1 + number % 2] * 0.92 + 0.10 * colours[3] * (number / 17), mask, spot)
        c.lay(colours[0], *polygon(c, tapered(outline[:12], np.full(12, length * 0.004))))


def bent(base, angle: float, length: float, bend: float, count: int = 26) -> np.ndarray:
    tip = (base[0] + np.cos(angle) * length, base[1] - np.sin(angle) * length)
    middle = (base[0] + np.cos(angle + bend) * length * 0.5, base[1] - np.sin(angle + bend) * length * 0.5)
    return curve(base, middle, tip, count=count)


def rib(c: Canvas, way: np.ndarray, length: float, colours) -> None:
    c.lay(
        mix(colours[2], colours[3], 0.7),
        *polygon(c, tapered(way, np.linspace(length * 0.018, length * 0.002, len(way)))),
    )


def flowers(c: Canvas, g, light_x: float, light_y: float, count: int) -> None:
    codes, petals = BLOSSOMS[c.dice("blossom").integers(len(BLOSSOMS))]
    for _ in range(count):
        angle, away = g.random() * 2 * np.pi, 0.06 + 0.30 * g.random()
        x, y = light_x + np.cos(angle) * away * min(1.4, c.ratio), light_y + 0.10 + np.sin(angle) * away
        flower(
            c,
            g,
            x,
            y,
            c.unit * (0.055 + 0.05 * g.random()),
            [from_hex(code) for code in codes.split()],
            petals,
        )


def flower(c: Canvas, g, x: float, y: float, size: float, colours, petals: int) -> None:
    """Each petal overlaps the next; its heart glows."""
    turn = g.random() * 2 * np.pi
    for number in range(petals):
        angle = turn + number * 2 * np.pi / petals
        way = bent((x, y), angle, size * 1.25, 0.45)
        at = np.linspace(0, 1, len(way))
        outline = tapered(way, size * 0.98 * np.sin(np.pi * (0.03 + 0.97 * at) ** 1.25) ** 0.75)
        mask, spot = polygon(c, outline)
        drop_shadow(c, mask, spot, 0.004)
        away = np.hypot(spot.x + outline[0][0] - x, spot.y + outline[0][1] - y) / size
        side = np.sin(np.arctan2(-(spot.y + outline[0][1] - y), spot.x + outline[0][0] - x) - angle)
        level = 0.18 + 0.78 * smooth(0.05, 0.85, away) - 0.30 * np.clip(side, 0, 1) * smooth(0.1, 0.6, away)
        c.lay(ramp(colours, np.clip(level, 0, 1)), mask, spot)
    spot = c.patch(x, y, size * 0.4)
    if spot is not None:
        away = np.hypot(spot.x, spot.y) / size
        c.lay(mix(colours[1], colours[0], 0.3), smooth(0.17, 0.10, away), spot)
