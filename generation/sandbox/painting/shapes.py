"""Shapes with clean edges: polygons, strokes and combinations of signed fields."""

from functools import reduce

import numpy as np
from PIL import Image, ImageDraw

from .canvas import Canvas
from .noise import Field

FINE = 3  # drawn this many times larger, then reduced


def least(*fields) -> Field:
    """Inside all of them."""
    return reduce(np.minimum, fields)


def most(*fields) -> Field:
    """Inside any of them."""
    return reduce(np.maximum, fields)


def polygon(c: Canvas, *outlines) -> Field:
    """A mask of closed outlines, each a list of (x, y) in canvas units."""
    return drawn(c, outlines, lambda draw, points, scale: draw.polygon(points, fill=255))


def stroke(c: Canvas, points, width: float) -> Field:
    """A mask of one line with round joints; `width` in canvas units."""

    def along(draw: ImageDraw.ImageDraw, pixels, scale: float) -> None:
        thick = max(1, round(width * scale))
        draw.line(pixels, fill=255, width=thick, joint="curve")
        if thick > 3:
            for x, y in (pixels[0], pixels[-1]):
                r = thick / 2
                draw.ellipse((x - r, y - r, x + r, y + r), fill=255)

    return drawn(c, [points], along, margin=width)


def drawn(c: Canvas, outlines, pen, margin: float = 0.0) -> Field:
    """Only the rectangle around the shapes is drawn finely and reduced."""
    every = np.concatenate([np.asarray(points, np.float32) for points in outlines])
    low = np.floor((every.min(axis=0) - margin) * c.height).astype(int) - 2
    high = np.ceil((every.max(axis=0) + margin) * c.height).astype(int) + 2
    left, top = np.clip(low, 0, (c.width - 1, c.height - 1))
    right, bottom = np.clip(high, (left + 1, top + 1), (c.width, c.height))
    mask = np.zeros((c.height, c.width), np.float32)
    sheet = Image.new("L", (int(right - left) * FINE, int(bottom - top) * FINE))
    pencil = ImageDraw.Draw(sheet)
    scale = c.height * FINE
    for points in outlines:
        pixels = [(float(x) * scale - left * FINE, float(y) * scale - top * FINE) for x, y in points]
        pen(pencil, pixels, scale)
    mask[top:bottom, left:right] = np.asarray(sheet.reduce(FINE), np.float32) / 255
    return mask
