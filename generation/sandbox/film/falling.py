"""Rain and snow that fall through a film: two tiles scrolled at different speeds."""

import math

import numpy as np
from PIL import Image, ImageChops

from ..painting.weather import TILE, streaks

SPEED = {"rain": (1500, -250), "snow": (90, 18)}  # pixels per second, down and sideways, of the nearer tile
STRENGTH = {"rain": (0.34, 0.22), "snow": (0.85, 0.5)}  # nearer and farther tile


class Falling:
    """`over(frame, moment)` adds the weather to a frame; no kind, no weather."""

    def __init__(self, kind: str, size: tuple[int, int]):
        self._kind, self._size = kind, size
        if kind:
            tile = streaks(kind)
            near, far = STRENGTH[kind]
            self._sheets = [sheet(tile, size, near), sheet(np.roll(tile[::2, ::2], 91, axis=1), size, far)]

    def over(self, frame: Image.Image, moment: float) -> Image.Image:
        if not self._kind:
            return frame
        down, aside = SPEED[self._kind]
        for number, picture in enumerate(self._sheets):
            part = 1.0 if number == 0 else 0.55
            sway = 12 * math.sin(moment * 1.3 + number) if self._kind == "snow" else 0
            period = TILE >> number
            top = period - 1 - int(moment * down * part) % period
            left = int(moment * aside * part + sway) % period
            box = (left, top, left + self._size[0], top + self._size[1])
            frame = ImageChops.add(frame, picture.crop(box))
        return frame


def sheet(tile: np.ndarray, size: tuple[int, int], strength: float) -> Image.Image:
    """The tile repeated over one frame and one tile more each way."""
    rows, columns = -(-size[1] // tile.shape[0]) + 1, -(-size[0] // tile.shape[1]) + 1
    light = np.clip(np.tile(tile, (rows, columns)) * strength * 255, 0, 255).astype(np.uint8)
    grey = Image.fromarray(light)
    return Image.merge("RGB", (grey, grey, grey))
