"""Smooth randomness: everything in a picture that should look grown and not drawn."""

import hashlib

import numpy as np
from PIL import Image

VERSION = 1  # part of every seed: raised when the pictures change

Field = np.ndarray  # (height, width) float32


def generator(*parts) -> np.random.Generator:
    """The same parts give the same numbers on every run."""
    digest = hashlib.sha256("|".join(map(str, (VERSION, *parts))).encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))


def enlarged(grid: Field, width: int, height: int) -> Field:
    return np.asarray(Image.fromarray(grid.astype(np.float32)).resize((width, height), Image.BICUBIC))


def octave(width: int, height: int, cells: float, g: np.random.Generator, stretch: float = 1.0) -> Field:
    """Value noise with `cells` cells from top to bottom; `stretch` > 1 draws them out sideways."""
    rows = max(2, round(cells) + 1)
    columns = max(2, round(cells * width / height / stretch) + 1)
    return enlarged(g.random((rows, columns), dtype=np.float32), width, height)


def clouds(width, height, g, *, cells=3.0, octaves=5, roughness=0.5, stretch=1.0) -> Field:
    """Fractal noise between 0 and 1. Fine octaves are left out where they would be below two pixels."""
    total = np.zeros((height, width), np.float32)
    weight = 1.0
    for number in range(octaves):
        size = cells * 2**number
        if number and size > height / 2:
            break
        total += weight * octave(width, height, size, g, stretch)
        weight *= roughness
    return normal(total)


def ridged(width, height, g, **options) -> Field:
    """Noise folded at its middle: veins, creases, wave crests (1 on the crest)."""
    return 1 - np.abs(clouds(width, height, g, **options) * 2 - 1)


def normal(field: Field) -> Field:
    low, high = float(field.min()), float(field.max())
    return (field - low) / max(high - low, 1e-6)


def line(width: int, g: np.random.Generator, *, steps=2, octaves=8, roughness=0.5) -> np.ndarray:
    """A one-dimensional skyline between 0 and 1."""
    at = np.linspace(0, 1, width, dtype=np.float32)
    total = np.zeros(width, np.float32)
    weight = 1.0
    for number in range(octaves):
        count = steps * 2**number
        if count > width:
            break
        total += weight * np.interp(at * count, np.arange(count + 1), g.random(count + 1)).astype(np.float32)
        weight *= roughness
    return normal(total)


def soft_line(width: int, g: np.random.Generator, *, steps=4, octaves=3, roughness=0.45) -> np.ndarray:
    """Like `line` but with rounded tops: dunes, old hills."""
    total = np.zeros(width, np.float32)
    weight = 1.0
    for number in range(octaves):
        count = steps * 2**number + 1
        total += weight * enlarged(g.random((1, count), dtype=np.float32), width, 1)[0]
        weight *= roughness
    return normal(total)


def sampled(picture: np.ndarray, x: Field, y: Field) -> np.ndarray:
    """`picture` read at pixel positions (x, y), between pixels linearly, mirrored at its edges."""
    height, width = picture.shape[:2]
    x, y = mirrored(x, width - 1), mirrored(y, height - 1)
    left, top = np.minimum(x.astype(np.int32), width - 2), np.minimum(y.astype(np.int32), height - 2)
    right, down = x - left, y - top
    if picture.ndim == 3:
        right, down = right[..., None], down[..., None]
    upper = picture[top, left] * (1 - right) + picture[top, left + 1] * right
    lower = picture[top + 1, left] * (1 - right) + picture[top + 1, left + 1] * right
    return upper * (1 - down) + lower * down


def mirrored(position: Field, last: int) -> Field:
    position = np.abs(position) % (2 * last)
    return np.where(position > last, 2 * last - position, position).astype(np.float32)
