"""Brush and wash: ink, watercolour, oil."""

import numpy as np
from PIL import Image, ImageDraw

from ..brief import Brief
from ..canvas import smooth
from ..colour import from_hex, luminance, mix, ramp, saturated
from ..noise import normal, octave, sampled
from ..shapes import blurred

RICE = from_hex("#f4efe4")
INK = [from_hex(code) for code in ("#0d0e12", "#2f3238", "#6c6f73", "#b3b2ad", "#f4efe4")]


def ink(rgb: np.ndarray, brief: Brief) -> np.ndarray:
    """Washes that pool at their edges, dry brush in the darks, bare paper towards the borders, one seal."""
    height, width = rgb.shape[:2]
    g = brief.dice("ink")
    spread = displaced(rgb, g, 0.003)
    grey = evened(blurred(luminance(np.clip(spread, 0, 1)), height / 500))
    level = np.round(grey * 7 + 0.5 * (octave(width, height, 9, g) - 0.5)) / 7
    soft = 0.35 * blurred(np.clip(level, 0, 1), height / 300) + 0.65 * grey
    pooled = edge_pools(level, height)
    dry = smooth(0.55, 0.9, octave(width, height, height / 3, g)) * smooth(0.45, 0.1, soft)
    cloudy = octave(width, height, 4, g) * 0.6 + octave(width, height, 11, g) * 0.4
    tone = soft**0.75 * 0.96 - 0.12 * pooled + 0.10 * dry + 0.10 * (cloudy - 0.4)
    result = ramp(INK, np.clip(tone * 1.02 + 0.04, 0, 1))
    tint = mix(brief.palette.sky, RICE, 0.5)
    result = result * 0.84 + result * tint * 0.16
    result = bare_borders(result, g, 0.10)
    return sealed(result, brief, g)


def evened(grey: np.ndarray) -> np.ndarray:
    """Half way to an even spread of tones, so that dark and pale pictures both have ink and paper."""
    small = np.sort(grey[::6, ::6].ravel())
    rank = np.interp(grey, small, np.linspace(0, 1, small.size)).astype(np.float32)
    return 0.45 * normal(grey) + 0.55 * rank


def edge_pools(level: np.ndarray, height: int) -> np.ndarray:
    down, right = np.gradient(np.clip(level, 0, 1))
    return blurred(np.clip(np.hypot(down, right) * 4, 0, 1), height / 700)


def displaced(rgb: np.ndarray, g, reach: float) -> np.ndarray:
    """Edges wander as on wet paper."""
    height, width = rgb.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    dx = (octave(width, height, 34, g) - 0.5) + 0.6 * (octave(width, height, 90, g) - 0.5)
    dy = (octave(width, height, 34, g) - 0.5) + 0.6 * (octave(width, height, 90, g) - 0.5)
    return sampled(rgb.astype(np.float32), columns + dx * reach * 2 * height, rows + dy * reach * 2 * height)


def bare_borders(rgb: np.ndarray, g, reach: float) -> np.ndarray:
    height, width = rgb.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32) / height
    inside = np.minimum(np.minimum(x, width / height - x), np.minimum(y, 1 - y))
    rough = octave(width, height, 6, g) * 0.6 + octave(width, height, 24, g) * 0.4
    reach *= min(1.0, width / height)
    mask = smooth(0.0, reach, inside + reach * 0.9 * (rough - 0.62))[..., None]
    return RICE * (1 - mask) + rgb * mask


def sealed(rgb: np.ndarray, brief: Brief, g) -> np.ndarray:
    """A small vermilion square with worn lines in a corner, where a painter would press a seal."""
    height, width = rgb.shape[:2]
    size = max(8, height // 22)
    left = int(width * (0.90 if g.random() < 0.5 else 0.07)) - size // 2
    top = int(height * 0.86)
    part = rgb[top : top + size, left : left + size]
    y, x = np.mgrid[0 : part.shape[0], 0 : part.shape[1]].astype(np.float32) / size
    lines = (np.abs(np.mod(x * 3 + 0.5, 1) - 0.5) < 0.12) & (np.abs(y - 0.5) < 0.36)
    lines |= (np.abs(np.mod(y * 4, 1) - 0.5) < 0.10) & (np.abs(x - 0.5) < 0.36) & (g.random() > 0.3)
    worn = smooth(0.85, 0.6, octave(part.shape[1], part.shape[0], 9, g))
    part += (from_hex("#b8321f") - part) * (0.9 * worn * ~lines)[..., None]
    return rgb


def watercolour(rgb: np.ndarray, brief: Brief) -> np.ndarray:
    """Light comes from the paper: pigments thinned, granulating, darker where a wash dried."""
    height, width = rgb.shape[:2]
    g = brief.dice("watercolour")
    wet = displaced(rgb, g, 0.008)
    soft = np.stack([blurred(np.clip(wet[..., band], 0, 1), height / 260) for band in range(3)], axis=2)
    soft = 0.65 * soft + 0.35 * wet
    grey = luminance(np.clip(soft, 0, 1))
    level = np.round(normal(grey) * 7 + 1.0 * (octave(width, height, 11, g) - 0.5)) / 7
    pooled = edge_pools(level, height)
    grain = octave(width, height, height / 2, g) * 0.6 + octave(width, height, 110, g) * 0.4
    bloom = octave(width, height, 5, g)
    thin = 0.30 + 0.30 * bloom + 0.16 * grey
    colour = saturated(np.clip(soft, 0, 1), 1.25)
    colour = colour + (1 - colour) * (0.42 * thin)[..., None]
    colour = colour * (1 - 0.24 * pooled - 0.14 * (grain - 0.5) * (1 - grey))[..., None]
    tooth = 1 + 0.05 * (octave(width, height, height / 3, g) - 0.5)
    return bare_borders(colour, g, 0.11) * tooth[..., None]


def oil(rgb: np.ndarray, brief: Brief) -> np.ndarray:
    """Three layers of strokes, broad to fine, each along the form beneath it; thick paint catches light."""
    height, width = rgb.shape[:2]
    g = brief.dice("oil")
    source = np.clip(rgb, 0, 1)
    grey = blurred(luminance(source), height / 120)
    slope_y, slope_x = np.gradient(grey)
    swirl = (octave(width, height, 4, g) - 0.5) * 2.4
    angle = np.where(np.hypot(slope_x, slope_y) > 0.0012, np.arctan2(slope_y, slope_x) + np.pi / 2, swirl)
    sheet = Image.fromarray((source * 235).astype(np.uint8))
    thick = Image.new("L", sheet.size, 110)
    pens = ImageDraw.Draw(sheet), ImageDraw.Draw(thick)
    for count, size in ((1500, 0.030), (4200, 0.016), (6500, 0.008)):
        strokes(pens, source, angle, g, count, size * height)
    bump = np.asarray(thick, np.float32) / 255
    down, right = np.gradient(0.5 * bump + 0.5 * blurred(bump, 1.2))
    light = np.clip(-(down + right), -0.25, 0.25)
    painted = np.asarray(sheet, np.float32) / 255
    return np.clip(painted * (1 + 0.55 * light)[..., None], 0, 1)


def strokes(pens, source: np.ndarray, angle: np.ndarray, g, count: int, size: float) -> None:
    height, width = source.shape[:2]
    rows, columns = g.integers(0, height, count), g.integers(0, width, count)
    shade = 1 + 0.16 * (g.random((count, 1)) - 0.5)
    colours = (np.clip(source[rows, columns] * shade, 0, 1) * 255).astype(int)
    turns = angle[rows, columns] + 0.35 * (g.random(count) - 0.5)
    lengths, heights = size * (1.2 + 1.6 * g.random(count)), 60 + 150 * g.random(count)
    colour_pen, height_pen = pens
    for x, y, colour, turn, length, level in zip(
        columns, rows, colours, turns, lengths, heights, strict=True
    ):
        dx, dy = np.cos(turn) * length, np.sin(turn) * length
        line = [(x - dx, y - dy), (x - dx * 0.2 + dy * 0.10, y - dy * 0.2 - dx * 0.10), (x + dx, y + dy)]
        wide = max(2, int(size * 0.62))
        colour_pen.line(line, fill=tuple(colour), width=wide, joint="curve")
        height_pen.line(line, fill=int(level), width=wide, joint="curve")
        height_pen.line(line, fill=int(level * 0.75), width=max(1, wide // 3))
