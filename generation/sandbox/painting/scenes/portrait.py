"""A face in profile cut from layers of paper, among leaves, before a great disc."""

import numpy as np

from ..canvas import Canvas, smooth
from ..colour import mix
from ..paper import Sheet, lay_sheet, paper_ground
from ..shapes import curve, polygon, tapered

# Right-facing, in parts of the head's height; the throat is at (0, 0).
FACE = [
    (-0.02, -0.74), (0.10, -0.70), (0.19, -0.60), (0.232, -0.48), (0.240, -0.385), (0.224, -0.315),
    (0.240, -0.255), (0.285, -0.165), (0.330, -0.095), (0.322, -0.065), (0.268, -0.048), (0.258, -0.030),
    (0.288, 0.006), (0.282, 0.026), (0.252, 0.036), (0.276, 0.056), (0.266, 0.086), (0.236, 0.104),
    (0.244, 0.135), (0.258, 0.175), (0.236, 0.222), (0.180, 0.250), (0.100, 0.262), (0.060, 0.300),
    (0.050, 0.380), (0.075, 0.480), (0.160, 0.560), (0.330, 0.620), (0.470, 0.720), (0.560, 0.900),
    (0.600, 1.30), (-0.760, 1.30), (-0.720, 0.950), (-0.640, 0.740), (-0.460, 0.610), (-0.290, 0.530),
    (-0.215, 0.420), (-0.200, 0.260), (-0.250, 0.090), (-0.330, -0.080), (-0.365, -0.280),
    (-0.330, -0.480), (-0.240, -0.640), (-0.130, -0.720),
]  # fmt: skip
HAIR = [
    (0.205, -0.545), (0.120, -0.520), (0.050, -0.430), (0.030, -0.300), (-0.010, -0.180),
    (-0.075, -0.110), (-0.120, 0.010), (-0.170, 0.110), (-0.245, 0.100), (-0.340, -0.060),
    (-0.392, -0.280), (-0.352, -0.510), (-0.245, -0.690), (-0.120, -0.775), (0.010, -0.785),
    (0.120, -0.735), (0.195, -0.640),
]  # fmt: skip


def paint(c: Canvas) -> None:
    g = c.dice("portrait")
    p = c.palette
    paper_ground(c, mix(p.horizon, p.light, 0.25))
    side = 1 if g.random() < 0.5 else -1
    size = 0.47 * min(1.0, 0.50 + 0.50 * c.ratio)
    x, y = c.ratio * (0.5 - side * 0.04), 0.66
    disc(
        c, x + side * 0.05, y - size * 0.36, size * (0.78 + 0.10 * g.random()), mix(p.accent, p.horizon, 0.25)
    )
    disc(c, x + side * 0.05, y - size * 0.36, size * 0.60, mix(p.accent, p.light, 0.35))
    leaves(c, g, x, y, size, 13, mix(p.far, p.sky, 0.3), 1.05)
    leaves(c, g, x, y, size, 11, mix(p.far, p.near, 0.35), 0.95)
    outline = placed(smoothed(FACE), x, y, size, side)
    lay_sheet(c, Sheet(mix(mix(p.near, p.zenith, 0.45), p.far, 0.22)), outline, lift=0.012)
    lay_sheet(c, Sheet(mix(p.near, p.zenith, 0.12)), placed(smoothed(HAIR), x, y, size, side), lift=0.006)
    crown(c, g, x, y, size, side)
    neck(c, x, y, size, side)
    blossoms(c, g, x, y, size, side)
    leaves(c, g, x, y + size * 0.62, size * 0.9, 9, mix(p.sky, p.far, 0.35), 0.62, front=True)


def smoothed(points) -> np.ndarray:
    """A closed curve through the points (Catmull-Rom)."""
    points = np.array(points, np.float32)
    before, after, beyond = np.roll(points, 1, 0), np.roll(points, -1, 0), np.roll(points, -2, 0)
    parts = []
    for t in np.linspace(0, 1, 8, endpoint=False):
        a, b = -0.5 * t**3 + t**2 - 0.5 * t, 1.5 * t**3 - 2.5 * t**2 + 1
        d, e = -1.5 * t**3 + 2 * t**2 + 0.5 * t, 0.5 * t**3 - 0.5 * t**2
        parts.append(a * before + b * points + d * after + e * beyond)
    return np.stack(parts, axis=1).reshape(-1, 2)


def placed(outline: np.ndarray, x: float, y: float, size: float, side: int) -> np.ndarray:
    return outline * np.array([side * size, size], np.float32) + np.array([x, y], np.float32)


def disc(c: Canvas, x: float, y: float, radius: float, colour) -> None:
    angles = np.linspace(0, 2 * np.pi, 90)
    circle = np.stack([x + np.cos(angles) * radius, y + np.sin(angles) * radius], axis=1)
    lay_sheet(c, Sheet(colour), circle, lift=0.008)


def leaves(c: Canvas, g, x, y, size, count: int, colour, reach: float, *, front: bool = False) -> None:
    """A fan of pointed leaves around the head, or rising from below in front of the shoulders."""
    start, end = (np.pi * 1.04, np.pi * -0.04) if front else (np.pi * 1.25, -np.pi * 0.25)
    for place in range(count):
        angle = start + (end - start) * (place + 0.3 + 0.4 * g.random()) / count
        length = size * reach * (0.75 + 0.5 * g.random())
        base = (
            x + np.cos(angle) * size * 0.16 + (place / count - 0.5) * size * (1.6 if front else 0.2),
            y + (0.25 if front else -0.2) * size,
        )
        leaf(c, g, base, angle, length, mix(colour, c.palette.horizon, 0.18 * g.random()))


def leaf(c: Canvas, g, base, angle: float, length: float, colour) -> None:
    bend = (g.random() - 0.5) * 0.7
    tip = (base[0] + np.cos(angle) * length, base[1] - np.sin(angle) * length)
    middle = (base[0] + np.cos(angle + bend) * length * 0.55, base[1] - np.sin(angle + bend) * length * 0.55)
    way = curve(base, middle, tip, count=24)
    at = np.linspace(0, 1, 24)
    width = length * 0.26 * np.sin(np.pi * at**0.8) ** 0.9
    lay_sheet(c, Sheet(colour), tapered(way, width), lift=0.007)
    c.lay(
        mix(colour, c.palette.near, 0.30),
        *polygon(c, tapered(way[2:], np.linspace(length * 0.014, length * 0.002, 22))),
    )


def crown(c: Canvas, g, x, y, size, side: int) -> None:
    """A tall headdress of rising tiers, or a knot of hair with a pin."""
    p = c.palette
    gold = mix(p.accent, p.light, 0.30)
    hx, hy = x - side * size * 0.14, y - size * 0.70
    if g.random() < 0.6:
        for tier in range(6):
            wide = size * (0.245 - 0.036 * tier)
            top = hy - size * 0.075 * tier
            shape = ((-1, 0.03), (-0.7, -0.13), (0, -0.20), (0.7, -0.13), (1, 0.03))
            arch = curve(*((hx + wide * across, top + size * up) for across, up in shape))
            lay_sheet(
                c, Sheet(mix(gold, p.near, 0.07 * (5 - tier))), lean(arch, hx, hy, -side * 0.22), lift=0.005
            )
        spire = tapered(
            curve((hx, hy - 0.46 * size), (hx, hy - 0.86 * size), count=8),
            np.linspace(size * 0.07, size * 0.004, 8),
        )
        lay_sheet(c, Sheet(gold), lean(spire, hx, hy, -side * 0.22), lift=0.005)
        return
    disc(c, hx - side * size * 0.10, hy + size * 0.02, size * 0.17, mix(p.near, p.zenith, 0.2))
    pin = tapered(
        curve(
            (hx - side * 0.34 * size, hy - 0.10 * size), (hx + side * 0.16 * size, hy + 0.02 * size), count=8
        ),
        np.full(8, size * 0.018),
    )
    lay_sheet(c, Sheet(gold), pin, lift=0.004)


def lean(outline: np.ndarray, x: float, y: float, angle: float) -> np.ndarray:
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]], np.float32)
    return (outline - (x, y)) @ turn.T + (x, y)


def neck(c: Canvas, x, y, size, side: int) -> None:
    """An ear-drop and a collar of gold."""
    gold = mix(c.palette.accent, c.palette.light, 0.35)
    ear_x, ear_y = x - side * size * 0.055, y - size * 0.02
    drop = tapered(
        curve((ear_x, ear_y), (ear_x, ear_y + size * 0.17), count=10),
        size * 0.075 * np.sin(np.linspace(0.3, np.pi, 10)),
    )
    lay_sheet(c, Sheet(gold), drop, lift=0.004)
    for row, width in ((0.50, 0.030), (0.575, 0.022)):
        collar = curve(
            (x - side * size * 0.34, y + size * (row + 0.05)),
            (x, y + size * (row + 0.22)),
            (x + side * size * 0.20, y + size * (row + 0.02)),
        )
        lay_sheet(c, Sheet(gold), tapered(collar, np.full(len(collar), size * width)), lift=0.004)


def blossoms(c: Canvas, g, x, y, size, side: int) -> None:
    """Five-petalled flowers behind the ear and on the shoulder."""
    white = mix(c.palette.light, c.palette.horizon, 0.15)
    for fx, fy, reach in ((-0.20, -0.30, 0.105), (-0.30, -0.17, 0.085), (-0.12, -0.43, 0.075)):
        blossom(c, g, x + side * fx * size, y + fy * size, reach * size, white)


def blossom(c: Canvas, g, x, y, reach: float, white) -> None:
    turn = g.random() * 2 * np.pi
    for number in range(5):
        angle = turn + number * 2 * np.pi / 5
        way = curve((x, y), (x + np.cos(angle) * reach, y + np.sin(angle) * reach), count=14)
        width = reach * 0.72 * np.sin(np.pi * np.linspace(0.06, 1, 14) ** 1.1) ** 0.8
        lay_sheet(c, Sheet(white), tapered(way, width), lift=0.003)
    spot = c.patch(x, y, reach)
    if spot is not None:
        c.lay(c.palette.accent, 0.8 * smooth(0.34, 0.05, np.hypot(spot.x, spot.y) / reach), spot)
