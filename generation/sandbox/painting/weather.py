"""Rain and snow in front of a picture; in films they fall."""

import numpy as np

from .canvas import Canvas
from .colour import mix
from .noise import generator
from .shapes import blurred

TILE = 512  # pixels: the pattern repeats, so a film can scroll it


def streaks(kind: str) -> np.ndarray:
    """A tile of drops or flakes between 0 and 1 that fits to itself on all sides."""
    g = generator("weather", kind)
    tile = np.zeros((TILE, TILE), np.float32)
    if kind == "rain":
        for _ in range(330):
            length, x, y = 14 + g.integers(34), g.integers(TILE), g.integers(TILE)
            steps = np.arange(length)
            bright = (0.20 + 0.55 * g.random() ** 2) * np.sin(np.pi * (steps + 0.5) / length)
            np.maximum.at(tile, ((y + steps) % TILE, (x - steps // 6) % TILE), bright)
        return tile
    for _ in range(230):
        x, y, size = g.integers(TILE), g.integers(TILE), 0.8 + 2.6 * g.random() ** 3
        rows, columns = np.mgrid[-6:7, -6:7]
        flake = np.exp(-(rows**2 + columns**2) / size**2) * (0.45 + 0.55 * g.random())
        np.maximum.at(tile, ((y + rows) % TILE, (x + columns) % TILE), flake)
    return tile


def fall(c: Canvas, kind: str, strength: float) -> None:
    """Over the whole picture in two depths; a film is told of it and lets it fall by itself."""
    c.falling = kind
    if c.layered:
        return
    tile = streaks(kind)
    light = mix(c.palette.horizon, np.ones(3, np.float32), 0.55)
    rows, columns = -(-c.height // TILE), -(-c.width // TILE)
    sheet = np.tile(tile, (rows, columns))[: c.height, : c.width]
    far = np.tile(np.roll(tile[::2, ::2], 91, axis=1), (rows * 2, columns * 2))[: c.height, : c.width]
    c.glow(light, strength * (0.30 * sheet + 0.20 * far))
    if kind == "snow":
        g = c.dice("flakes")
        near = np.zeros((c.height, c.width), np.float32)
        for _ in range(int(26 * max(0.6, c.ratio))):
            near[int(g.random() * c.height), int(g.random() * c.width)] = 1
        soft = blurred(np.minimum(near * 60, 1), c.height * 0.008)
        c.lay(np.ones(3, np.float32), np.clip(soft * 9, 0, 0.75) * strength)
