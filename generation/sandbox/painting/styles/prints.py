"""Prints: woodblock, linocut and halftone. Each takes and gives (h, w, 3) floats."""

import numpy as np
from PIL import Image, ImageFilter

from ..brief import Brief
from ..canvas import smooth
from ..colour import from_hex, luminance, mix, saturated
from ..noise import normal, octave
from ..shapes import blurred
from .washes import evened

PAPER = from_hex("#f3ead8")


def woodblock(rgb: np.ndarray, brief: Brief) -> np.ndarray:
    """Few flat inks, a dark key block for the outlines, the grain of the plank in every flat."""
    height, width = rgb.shape[:2]
    g = brief.dice("woodblock")
    flat = Image.fromarray((np.clip(rgb, 0, 1) * 255).astype(np.uint8)).reduce(2)
    flat = flat.filter(ImageFilter.MedianFilter(5)).filter(ImageFilter.GaussianBlur(1))
    flat = (
        flat.quantize(10, method=Image.Quantize.MEDIANCUT, dither=0)
        .convert("RGB")
        .filter(ImageFilter.ModeFilter(5))
    )
    flat = flat.resize((width, height), Image.BICUBIC).filter(ImageFilter.MedianFilter(5))
    inks = np.asarray(flat, np.float32) / 255
    grey = luminance(inks)
    inks = np.clip(grey[..., None] + (inks - grey[..., None]) * 1.18, 0, 1)
    plank = (
        octave(width, height, 4, g, stretch=1) * 3.2 + np.linspace(0, 30, height, dtype=np.float32)[:, None]
    )
    grain = 0.5 + 0.5 * np.sin(plank * 9) * octave(width, height, 60, g, stretch=22)
    bare = smooth(0.60, 0.95, octave(width, height, height / 3, g) * 0.7 + 0.3 * grain)
    key = edges(inks, height)
    result = inks * (1 - 0.10 * grain)[..., None]
    result = result + (PAPER - result) * (0.10 + 0.20 * bare)[..., None]
    ink = mix(brief.palette.near, from_hex("#141218"), 0.5)
    return framed(result + (ink - result) * (0.85 * key)[..., None], 0.022)


def edges(rgb: np.ndarray, height: int) -> np.ndarray:
    """Where colours meet, as lines a little thinner where the step is small."""
    down, right = np.gradient(rgb, axis=(0, 1))
    step = np.sqrt((down**2).sum(axis=2) + (right**2).sum(axis=2))
    return smooth(0.12, 0.40, blurred(np.clip(step * 3.2, 0, 1), height / 900) * 1.5)


def linocut(rgb: np.ndarray, brief: Brief) -> np.ndarray:
    """One ink; greys are cut lines that follow the forms, as a gouge would."""
    height, width = rgb.shape[:2]
    g = brief.dice("linocut")
    grey = normal(blurred(luminance(np.clip(rgb, 0, 1)), height / 300))
    order = np.argsort(np.argsort(grey[::4, ::4].ravel())).reshape(grey[::4, ::4].shape) / grey[::4, ::4].size
    even = np.asarray(Image.fromarray(order.astype(np.float32)).resize((width, height), Image.BICUBIC))
    tone = 0.45 * grey + 0.55 * even
    slope_y, slope_x = np.gradient(np.asarray(blurred(grey, height / 45)))
    turn = np.arctan2(slope_y, slope_x) * 0.35
    y, x = np.mgrid[0:height, 0:width].astype(np.float32) / height
    wobble = octave(width, height, 7, g) * 0.05
    carve = np.sin((y * np.cos(turn) + x * np.sin(turn) * 0.3 + wobble) * 2 * np.pi * 62)
    level = tone + 0.30 * carve * smooth(0.12, 0.35, tone) * smooth(0.92, 0.65, tone)
    chips = octave(width, height, 120, g)
    printed = smooth(0.53, 0.47, level + 0.06 * (chips - 0.5))
    worn = 1 - 0.22 * smooth(0.70, 0.95, octave(width, height, height / 3, g))
    dark, paper = mix(brief.palette.near, brief.palette.zenith, 0.35), mix(PAPER, brief.palette.horizon, 0.15)
    warm = smooth(0.55, 0.85, tone)[..., None]
    tint = (mix(paper, brief.palette.accent, 0.42) - paper) * warm * smooth(0.95, 0.8, tone)[..., None]
    sheet = paper + tint
    return framed(sheet + (dark - sheet) * (printed * worn)[..., None], 0.03)


def halftone(rgb: np.ndarray, brief: Brief) -> np.ndarray:
    """Two inks on paper, each a grid of dots at its own angle; dark places have large dots."""
    height, width = rgb.shape[:2]
    grey = evened(luminance(np.clip(rgb, 0, 1)))
    y, x = np.mgrid[0:height, 0:width].astype(np.float32) / height
    paper = mix(PAPER, brief.palette.light, 0.3)
    sheet = np.broadcast_to(paper, rgb.shape).copy()
    p = brief.palette
    first = saturated(mix(p.sky, p.accent, 0.0 if brief.colours else 0.6), 1.35)
    for ink, angle, need in (
        (first, 1.31, np.clip(1.02 - grey * 1.10, 0, 1)),
        (mix(p.near, p.zenith, 0.55), 0.52, np.clip(0.62 - grey * 1.25, 0, 1)),
    ):
        dots = dot_screen(x, y, angle, 92, need)
        sheet = sheet * (1 - dots[..., None] * (1 - ink))
    return framed(sheet, 0.026)


def dot_screen(x, y, angle: float, count: float, need: np.ndarray) -> np.ndarray:
    u = (x * np.cos(angle) - y * np.sin(angle)) * count
    v = (x * np.sin(angle) + y * np.cos(angle)) * count
    away = np.hypot(u - np.round(u), v - np.round(v))
    radius = np.sqrt(need) * 0.72
    return smooth(0.06, -0.06, away - radius) * (need > 0.012)


def framed(rgb: np.ndarray, part: float) -> np.ndarray:
    """An uneven margin of bare paper, as a hand-pulled print has."""
    height, width = rgb.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32) / height
    inside = np.minimum(np.minimum(x, width / height - x), np.minimum(y, 1 - y)) - part
    wobble = 0.004 * np.sin(x * 37 + 3 * np.sin(y * 11)) * np.sin(y * 29)
    mask = smooth(-0.0015, 0.0015, inside + wobble * 0.5)[..., None]
    return PAPER * (1 - mask) + rgb * mask
