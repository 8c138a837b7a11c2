"""Cut paper: a sheet with tooth, a soft shadow under it, a thin bright edge towards the light."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .canvas import Canvas
from .colour import Colour
from .noise import generator, octave
from .shapes import blurred, polygon


@dataclass(frozen=True)
class Sheet:
    colour: Colour


@lru_cache(maxsize=4)
def tooth(width: int, height: int) -> np.ndarray:
    """Fibres and grain of the paper, around 1."""
    g = generator("paper")
    fibres = octave(width, height, height / 3, g, stretch=3) - 0.5
    return 1 + 0.055 * fibres + 0.03 * (octave(width, height, 30, g) - 0.5)


def paper_ground(c: Canvas, colour: Colour) -> None:
    light = 1.05 - 0.20 * (c.x / c.ratio * 0.5 + c.y * 0.5)
    c.fill(colour * (tooth(c.width, c.height) * light)[..., None])


def lay_sheet(c: Canvas, sheet: Sheet, outline: np.ndarray, *, lift: float) -> None:
    """`lift` is how far it stands off what lies below, in canvas units."""
    mask, spot = polygon(c, outline)
    margin = int(lift * c.height * 4) + 2
    padded = np.pad(mask, margin)
    shift = max(1, round(lift * c.height * 0.8))
    soft = np.roll(blurred(padded, lift * c.height), (shift, shift), (0, 1))
    rows = slice(max(0, spot.rows.start - margin), min(c.height, spot.rows.stop + margin))
    columns = slice(max(0, spot.columns.start - margin), min(c.width, spot.columns.stop + margin))
    top, left = rows.start - spot.rows.start + margin, columns.start - spot.columns.start + margin
    part = soft[top : top + rows.stop - rows.start, left : left + columns.stop - columns.start]
    c.top.rgb[rows, columns] *= (1 - 0.45 * part)[..., None]
    edge = np.clip(mask - np.roll(mask, (1, 1), (0, 1)), 0, 1)
    down = np.linspace(1.05, 0.93, mask.shape[0], dtype=np.float32)[:, None]
    texture = tooth(c.width, c.height)[spot.rows, spot.columns] * down
    c.lay(sheet.colour * texture[..., None] + 0.16 * edge[..., None], mask, spot)
