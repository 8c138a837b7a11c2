"""Shapes with clean edges: polygons, strokes and combinations of signed fields."""

from functools import reduce
from itertools import pairwise

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from .canvas import Canvas, Patch
from .noise import Field

FINE = 3  # drawn this many times larger, then reduced


def least(*fields) -> Field:
    """Inside all of them."""
    return reduce(np.minimum, fields)


def most(*fields) -> Field:
    """Inside any of them."""
    return reduce(np.maximum, fields)


def polygon(c: Canvas, *outlines) -> tuple[Field, Patch]:
    """Mask and place of closed outlines, lists of (x, y) in canvas units: `c.lay(colour, *polygon(…))`."""
    return drawn(c, outlines, lambda draw, points, scale: draw.polygon(points, fill=255))


def stroke(c: Canvas, points, width: float) -> tuple[Field, Patch]:
    """Mask and place of one line with round ends; `width` in canvas units."""

    def along(draw: ImageDraw.ImageDraw, pixels, scale: float) -> None:
        thick = max(1, round(width * scale))
        draw.line(pixels, fill=255, width=thick, joint="curve")
        if thick > 3:
            for x, y in (pixels[0], pixels[-1]):
                r = thick / 2
                draw.ellipse((x - r, y - r, x + r, y + r), fill=255)

    return drawn(c, [points], along, margin=width)


def drawn(c: Canvas, outlines, pen, margin: float = 0.0) -> tuple[Field, Patch]:
    """Only the rectangle around the shapes is drawn, finely, and reduced."""
    every = np.concatenate([np.asarray(points, np.float32) for points in outlines])
    low = np.floor((every.min(axis=0) - margin) * c.height).astype(int) - 2
    high = np.ceil((every.max(axis=0) + margin) * c.height).astype(int) + 2
    left, top = (int(value) for value in np.clip(low, 0, (c.width - 1, c.height - 1)))
    right, bottom = (int(value) for value in np.clip(high, (left + 1, top + 1), (c.width, c.height)))
    sheet = Image.new("L", ((right - left) * FINE, (bottom - top) * FINE))
    pencil = ImageDraw.Draw(sheet)
    scale = c.height * FINE
    for points in outlines:
        pixels = [(float(x) * scale - left * FINE, float(y) * scale - top * FINE) for x, y in points]
        pen(pencil, pixels, scale)
    mask = np.asarray(sheet.reduce(FINE), np.float32) / 255
    rows, columns = slice(top, bottom), slice(left, right)
    return mask, Patch(rows, columns, c.x[:, columns] - every[0, 0], c.y[rows] - every[0, 1])


def tapered(points: np.ndarray, widths: np.ndarray) -> np.ndarray:
    """The outline of a line that is `widths` wide along its way: leaves, tails, brush strokes."""
    points, widths = np.asarray(points, np.float32), np.asarray(widths, np.float32)[:, None]
    along = np.gradient(points, axis=0)
    along /= np.maximum(np.hypot(along[:, 0], along[:, 1])[:, None], 1e-6)
    across = np.stack([-along[:, 1], along[:, 0]], axis=1) * widths / 2
    return np.concatenate([points + across, (points - across)[::-1]])


def curve(*controls, count: int = 24) -> np.ndarray:
    """A Bezier curve through the first and last of its control points."""
    points = [np.asarray(control, np.float32)[None, :] for control in controls]
    at = np.linspace(0, 1, count, dtype=np.float32)[:, None]
    while len(points) > 1:
        points = [first * (1 - at) + second * at for first, second in pairwise(points)]
    return points[0]


def blurred(field: Field, radius: float) -> Field:
    """Gaussian blur of a field of 0..1 values; wide ones are computed small."""
    part = max(1, min(8, int(radius / 3)))
    height, width = field.shape
    sheet = Image.fromarray((np.clip(field, 0, 1) * 255).astype(np.uint8))
    small = sheet.reduce(part) if part > 1 else sheet
    small = small.filter(ImageFilter.GaussianBlur(radius / part))
    if part > 1:
        small = small.resize((width, height), Image.BICUBIC)
    return np.asarray(small, np.float32) / 255
