"""Drawing for metalwork: petals, kranok flames, beads and wheels of them, in heights from 0 to 255."""

import numpy as np
from PIL import Image, ImageDraw

from .noise import Field
from .shapes import tapered

FINE = 2
TURN = 2 * np.pi


class Pen:
    """Fills shapes in canvas units on a sheet twice as fine as the canvas."""

    def __init__(self, width: int, height: int):
        self._sheet = Image.new("L", (width * FINE, height * FINE))
        self._draw = ImageDraw.Draw(self._sheet)
        self._scale = height * FINE

    def fill(self, outline: np.ndarray, value: int = 255) -> None:
        self._draw.polygon([(float(x) * self._scale, float(y) * self._scale) for x, y in outline], fill=value)

    def disc(self, x: float, y: float, radius: float, value: int = 255) -> None:
        x, y, radius = x * self._scale, y * self._scale, radius * self._scale
        self._draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=value)

    def clear(self, x: float, y: float, radius: float) -> None:
        self.disc(x, y, radius, 0)

    def mask(self) -> Field:
        return np.asarray(self._sheet.reduce(FINE), np.float32) / 255


def petal(pen: Pen, x: float, y: float, angle: float, reach: float, wide: float) -> None:
    """An ogee with a raised rim, a groove and a raised heart."""
    at = np.linspace(0, 1, 22)
    points = along(x, y, angle, at * reach)
    shape = wide * np.sin(np.pi * (0.10 + 0.90 * at) ** 0.9) ** 0.85 * (1 - at**5)
    pen.fill(tapered(points, shape), 235)
    pen.fill(tapered(points[2:-3], shape[2:-3] * 0.70), 70)
    pen.fill(tapered(points[3:-6], shape[3:-6] * 0.50), 205)
    pen.fill(tapered(points[4:-9], shape[4:-9] * 0.18), 90)


def hook(pen: Pen, x: float, y: float, angle: float, reach: float, bend: float, value: int = 235) -> None:
    """One kranok tongue: swelling, then drawn out to a point that curls over."""
    at = np.linspace(0, 1, 30)
    way = angle + bend * (2.6 * at**1.8 - 0.75 * np.sin(np.pi * at))
    step = reach / 30
    points = np.stack([x + np.cumsum(np.cos(way)) * step, y - np.cumsum(np.sin(way)) * step], axis=1)
    width = reach * 0.30 * np.sin(np.pi * np.clip(at + 0.10, 0, 1)) ** 0.8 * (1 - at) ** 0.35
    pen.fill(tapered(points, width), value)
    pen.fill(tapered(points[3:20], width[3:20] * 0.30), 80)


def flame(pen: Pen, x: float, y: float, angle: float, reach: float) -> None:
    """A palmette: one petal between pairs of hooks that lean away from it, larger ones outside."""
    for size, turn, bend in ((0.72, 0.95, 0.62), (0.80, 0.55, 0.50)):
        hook(pen, x, y, angle + turn, reach * size, bend)
        hook(pen, x, y, angle - turn, reach * size, -bend)
    petal(pen, x, y, angle, reach, reach * 0.34)
    pen.disc(x, y, reach * 0.10)


def wheel(pen: Pen, x: float, y: float, size: float, seed: int) -> None:
    """Rings of petals, beads and flames from the outside in; the dice choose counts and order."""
    g = np.random.Generator(np.random.PCG64(int(seed)))
    fold = int(g.choice((8, 10, 12)))
    ring_of(pen, flame, x, y, size * 0.66, fold, size * 0.33, 0.0)
    ring_of(pen, hooks, x, y, size * 0.64, fold, size * 0.27, 0.5)
    pen.disc(x, y, size * 0.66)
    pen.disc(x, y, size * 0.635, 40)
    beads(pen, x, y, size * 0.605, fold * 6, size * 0.0165)
    pen.disc(x, y, size * 0.575)
    pen.disc(x, y, size * 0.555, 0)
    if g.random() < 0.5:
        ring_of(pen, petals, x, y, size * 0.33, fold * 2, size * 0.215, 0.0)
    else:
        ring_of(pen, flame, x, y, size * 0.345, fold, size * 0.20, 0.5)
        ring_of(pen, petals, x, y, size * 0.34, fold, size * 0.15, 0.0)
    pen.disc(x, y, size * 0.350)
    pen.disc(x, y, size * 0.325, 40)
    beads(pen, x, y, size * 0.300, fold * 3, size * 0.018)
    pen.disc(x, y, size * 0.27)
    pen.disc(x, y, size * 0.255, 0)
    ring_of(pen, petals, x, y, size * 0.05, fold, size * 0.20, 0.5)
    ring_of(pen, petals, x, y, size * 0.04, fold, size * 0.13, 0.0)
    pen.disc(x, y, size * 0.055)
    pen.disc(x, y, size * 0.035, 60)


def ring_of(pen: Pen, draw, x, y, radius, count: int, reach: float, offset: float) -> None:
    for number in range(count):
        angle = TURN * (number + offset) / count + np.pi / 2
        draw(pen, x + np.cos(angle) * radius, y - np.sin(angle) * radius, angle, reach)


def petals(pen: Pen, x, y, angle, reach) -> None:
    petal(pen, x, y, angle, reach, reach * 0.42)


def hooks(pen: Pen, x, y, angle, reach) -> None:
    hook(pen, x, y, angle + 0.10, reach, 0.55)
    hook(pen, x, y, angle - 0.10, reach, -0.55)


def beads(pen: Pen, x, y, radius, count: int, size: float) -> None:
    for number in range(count):
        angle = TURN * number / count
        pen.disc(x + np.cos(angle) * radius, y + np.sin(angle) * radius, size)


def diaper(pen: Pen, ratio: float, g) -> None:
    """Small four-petalled flowers all over the ground, each in a lozenge."""
    step = 0.062 + 0.02 * g.random()
    columns, rows = max(2, round(ratio / step)), max(2, round(1 / step))
    wide, tall = ratio / columns, 1 / rows
    for row in range(rows + 1):
        for column in range(columns + 1):
            for shift in (0.0, 0.5):
                floret(pen, (column + shift) * wide, (row + shift) * tall, step * 0.30)


def floret(pen: Pen, x: float, y: float, size: float) -> None:
    at = np.linspace(0, 1, 8)
    for number in range(4):
        points = along(x, y, TURN * number / 4 + np.pi / 4, at * size)
        pen.fill(tapered(points, size * 0.50 * np.sin(np.pi * (0.1 + 0.9 * at))), 200)
    pen.disc(x, y, size * 0.20, 90)


def panel_border(pen: Pen, ratio: float) -> None:
    """Two fillets with a row of petals between them."""
    outer, inner = 0.016, 0.074
    for outline in frame(ratio, 0.0, inner + 0.008):
        pen.fill(np.array(outline), 0)
    for inset, width in ((outer, 0.006), (inner, 0.005)):
        for outline in frame(ratio, inset, width):
            pen.fill(np.array(outline))
    for x, y, angle in border_places(ratio, (outer + inner) / 2 + 0.003, 0.052):
        petal(pen, x - np.cos(angle) * 0.018, y + np.sin(angle) * 0.018, angle, 0.042, 0.030)


def border_places(ratio: float, inset: float, step: float):
    across, down = max(4, round((ratio - 2 * inset) / step)), max(4, round((1 - 2 * inset) / step))
    for number in range(across):
        x = inset + (ratio - 2 * inset) * (number + 0.5) / across
        yield x, inset, -np.pi / 2
        yield x, 1 - inset, np.pi / 2
    for number in range(down):
        y = inset + (1 - 2 * inset) * (number + 0.5) / down
        yield inset, y, 0.0
        yield ratio - inset, y, np.pi


def frame(ratio: float, inset: float, width: float):
    right, low = ratio - inset, 1 - inset
    yield [(inset, inset), (right, inset), (right, inset + width), (inset, inset + width)]
    yield [(inset, low - width), (right, low - width), (right, low), (inset, low)]
    yield [(inset, inset), (inset + width, inset), (inset + width, low), (inset, low)]
    yield [(right - width, inset), (right, inset), (right, low), (right - width, low)]


def along(x: float, y: float, angle: float, reach: np.ndarray) -> np.ndarray:
    return np.stack([x + np.cos(angle) * reach, y - np.sin(angle) * reach], axis=1)
