"""Colour as numbers: sRGB floats between 0 and 1, mixed in OKLab so that ramps stay clean."""

from functools import lru_cache

import numpy as np

TO_LMS = np.array(
    [[0.4122214708, 0.5363325363, 0.0514459929],
     [0.2119034982, 0.6806995451, 0.1073969566],
     [0.0883024619, 0.2817188376, 0.6299787005]], np.float32)  # fmt: skip
TO_LAB = np.array(
    [[0.2104542553, 0.7936177850, -0.0040720468],
     [1.9779984951, -2.4285922050, 0.4505937099],
     [0.0259040371, 0.7827717662, -0.8086757660]], np.float32)  # fmt: skip
FROM_LAB, FROM_LMS = np.linalg.inv(TO_LAB), np.linalg.inv(TO_LMS)

Colour = np.ndarray  # (3,) float32, or (…, 3)
LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)


@lru_cache(maxsize=512)
def from_hex(code: str) -> Colour:
    return np.array([int(code[i : i + 2], 16) for i in (1, 3, 5)], np.float32) / 255


def to_lab(rgb: Colour) -> Colour:
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return np.cbrt(linear @ TO_LMS.T) @ TO_LAB.T


def from_lab(lab: Colour) -> Colour:
    linear = np.clip((lab @ FROM_LAB.T) ** 3 @ FROM_LMS.T, 0, 1)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055).astype(
        np.float32
    )


def mix(first: Colour, second: Colour, amount: float) -> Colour:
    return from_lab(to_lab(first) * (1 - amount) + to_lab(second) * amount)


def dim(rgb: Colour, lightness: float) -> Colour:
    """The same hue at a part of its lightness."""
    return from_lab(to_lab(rgb) * np.array([lightness, 0.5 + lightness / 2, 0.5 + lightness / 2], np.float32))


def ramp(stops: list[Colour], at: np.ndarray) -> Colour:
    """The colour at 0..1 along the stops, for a whole field at once."""
    table = ramp_table(tuple(map(tuple, np.round(np.asarray(stops, np.float64), 5))))
    index = np.clip(at * (len(table) - 1), 0, len(table) - 1)
    low = np.minimum(index.astype(np.int32), len(table) - 2)
    part = (index - low)[..., None].astype(np.float32)
    return table[low] * (1 - part) + table[low + 1] * part


@lru_cache(maxsize=256)
def ramp_table(stops: tuple) -> Colour:
    """512 colours along a smooth curve through the stops."""
    lab = to_lab(np.array(stops, np.float32))
    at = np.linspace(0, len(stops) - 1, 512)
    low = np.minimum(at.astype(int), len(stops) - 2)
    part = at - low
    part = part * 0.5 + part * part * (3 - 2 * part) * 0.5  # a little slower near each stop
    return from_lab((lab[low] * (1 - part[:, None]) + lab[low + 1] * part[:, None]).astype(np.float32))


def luminance(rgb: Colour) -> np.ndarray:
    return rgb @ LUMA


def saturated(rgb: Colour, amount: float) -> Colour:
    grey = luminance(rgb)[..., None]
    return np.clip(grey + (rgb - grey) * amount, 0, 1)
