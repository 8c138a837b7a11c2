"""Pictures put together from pieces: mosaic, cut paper, threads, pixels."""

import numpy as np
from PIL import Image

from ..brief import Brief
from ..canvas import smooth
from ..colour import from_hex, luminance, mix, ramp
from ..noise import normal, octave
from ..shapes import blurred


def mosaic(rgb: np.ndarray, brief: Brief) -> np.ndarray:
    """Hand-cut tesserae in bending rows, each with its own tilt, set in grey mortar; some are gold."""
    height, width = rgb.shape[:2]
    g = brief.dice("mosaic")
    y, x = np.mgrid[0:height, 0:width].astype(np.float32) / height
    bend = 0.06 * (octave(width, height, 2.5, g) - 0.5) + 0.012 * (octave(width, height, 9, g) - 0.5)
    size = 1 / 46
    row = (y + bend) / size
    line = np.floor(row)
    column = x / size * (0.85 + 0.3 * wild(line, 2.3)) + 7 * wild(line, 5.1)
    tile = np.floor(column)
    u, v = column - tile - 0.5, row - line - 0.5
    number = (line - line.min()) * 4096 + tile - tile.min()
    _ids, index = np.unique(number.astype(np.int64), return_inverse=True)
    index = index.reshape(height, width)
    colour = means(np.clip((rgb - 0.42) * 1.25 + 0.42, 0, 1), index)
    chance, other = wild(number, 1.7), wild(number, 9.1)
    glass = colour * (0.84 + 0.32 * chance)[..., None] + 0.05 * (
        np.stack([chance, other, 1 - chance], axis=2) - 0.5
    )
    gold = (other > 0.93) & (luminance(colour) > 0.30)
    glass = np.where(
        gold[..., None], glass * 0.35 + from_hex("#e8b95a") * (0.45 + 0.4 * chance)[..., None], glass
    )
    tilt = (chance - 0.5) * u + (other - 0.5) * v
    glass = (
        glass * (1 + 0.9 * tilt)[..., None]
        + (0.20 * np.exp(-((u + 0.2) ** 2 + (v + 0.25) ** 2) / 0.02) * other)[..., None]
    )
    gap = np.maximum(np.abs(u) + 0.05 * (chance - 0.5), np.abs(v) + 0.05 * (other - 0.5))
    solid = smooth(0.475, 0.415, gap + 0.03 * (octave(width, height, 90, g) - 0.5))
    mortar = (
        mix(from_hex("#55504a"), brief.palette.near, 0.45)
        * (0.8 + 0.4 * octave(width, height, 140, g))[..., None]
    )
    return mortar + (glass - mortar) * solid[..., None]


def means(rgb: np.ndarray, index: np.ndarray) -> np.ndarray:
    """Every piece in the mean colour of what it covers."""
    counts = np.bincount(index.ravel()).astype(np.float32)
    bands = [np.bincount(index.ravel(), weights=rgb[..., band].ravel()) / counts for band in range(3)]
    return np.stack(bands, axis=1).astype(np.float32)[index]


def wild(number: np.ndarray, salt: float) -> np.ndarray:
    wave = np.sin(number * 12.9898 + salt * 78.233) * 43758.5453
    return (wave - np.floor(wave)).astype(np.float32)


def papercut(rgb: np.ndarray, brief: Brief) -> np.ndarray:
    """Seven sheets stacked by tone, each casting a soft shadow on the one below."""
    height, width = rgb.shape[:2]
    g = brief.dice("papercut")
    grey = blurred(luminance(np.clip(rgb, 0, 1)), height / 200)
    cuts = np.quantile(grey[::4, ::4], np.linspace(0.10, 0.88, 7))
    inks = ramp(brief.palette.ladder(), np.linspace(0.98, 0.06, 8).astype(np.float32))
    fibre = 1 + 0.05 * (octave(width, height, height / 3, g, stretch=2) - 0.5)
    sheet = np.broadcast_to(inks[0], rgb.shape) * fibre[..., None]
    shift = max(2, round(height * 0.006))
    for number, cut in enumerate(cuts[::-1]):
        mask = smooth(cut + 0.004, cut - 0.004, grey)
        mask = smooth(0.30, 0.70, blurred(mask, 1.2))
        shadow = blurred(np.roll(mask, (shift, shift), (0, 1)), height * 0.008)
        sheet = sheet * (1 - 0.50 * shadow * (1 - mask))[..., None]
        edge = np.clip(mask - np.roll(mask, (2, 2), (0, 1)), 0, 1)
        paper = inks[number + 1] * fibre[..., None] + (0.16 * edge)[..., None]
        sheet = sheet + (paper - sheet) * mask[..., None]
    return sheet


def weave(rgb: np.ndarray, brief: Brief) -> np.ndarray:
    """Ikat: threads dyed before weaving, so every edge feathers along the warp."""
    height, width = rgb.shape[:2]
    g = brief.dice("weave")
    threads_down, threads_over = 150, round(150 * width / height)
    small = Image.fromarray((np.clip(rgb, 0, 1) * 255).astype(np.uint8)).resize(
        (threads_over, threads_down), Image.BOX
    )
    small = np.asarray(small.quantize(14, dither=0).convert("RGB"), np.float32) / 255
    slip = np.round(g.normal(0, 2.2, threads_over)).astype(int)
    rows = np.clip(np.arange(threads_down)[:, None] + slip[None, :], 0, threads_down - 1)
    dyed = small[rows, np.arange(threads_over)[None, :]]
    over = np.minimum((np.arange(width) * threads_over // width), threads_over - 1)
    down = np.minimum((np.arange(height) * threads_down // height), threads_down - 1)
    cloth = dyed[down][:, over]
    u = np.arange(width)[None, :] * threads_over / width % 1 - 0.5
    v = np.arange(height)[:, None] * threads_down / height % 1 - 0.5
    top = (down[:, None] + over[None, :]) % 2 == 0
    round_ = np.where(top, 1 - 1.3 * u**2 - 0.4 * v**2, 0.86 - 1.3 * v**2 - 0.4 * u**2)
    weft = mix(brief.palette.near, brief.palette.far, 0.35)
    cloth = np.where(top[..., None], cloth, cloth * 0.74 + weft * 0.26)
    fuzz = octave(width, height, height / 3, g) - 0.5
    folds = octave(width, height, 1.6, g, stretch=0.6)
    return cloth * (round_ * (0.92 + 0.16 * normal(folds)) + 0.06 * fuzz)[..., None]


def pixel(rgb: np.ndarray, brief: Brief) -> np.ndarray:
    """A screen of 108 lines and 28 colours, dithered in a checker."""
    height, width = rgb.shape[:2]
    lines = 108
    columns = max(8, round(lines * width / height))
    small = Image.fromarray((np.clip(rgb * 1.04, 0, 1) * 255).astype(np.uint8)).resize(
        (columns, lines), Image.BOX
    )
    checker = ((np.indices((lines, columns)).sum(axis=0) % 2) * 10 - 5)[..., None]
    dithered = np.clip(np.asarray(small, np.int16) + checker, 0, 255).astype(np.uint8)
    picture = Image.fromarray(dithered).quantize(28, method=Image.Quantize.MEDIANCUT, dither=0).convert("RGB")
    return np.asarray(picture.resize((width, height), Image.NEAREST), np.float32) / 255
