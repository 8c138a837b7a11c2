"""Films: a scene's planes pass each other, its light glitters, rain and snow fall, music plays."""

import math
from collections.abc import Iterator

import numpy as np
from PIL import Image

from ..painting.brief import Brief
from ..painting.finish import to_image, vignette
from ..painting.paint import painted
from .encode import FPS, write_film
from .planes import Stack, stacked

ROOM = 1.10  # the painted width in frames: what the camera can travel
LARGEST_FRAME = 940_000  # pixels that are composed; larger films are enlarged frame by frame
TRAVEL = (0.35, 1.0)  # how far the sky and the foreground move, in parts of the free width


def scene_film(brief: Brief, path: str, *, width: int, height: int, seconds: float, sound) -> None:
    """Paints once, composes and encodes; `sound` makes the track from what is heard in the scene."""
    scale = min(1.0, (LARGEST_FRAME / (width * height)) ** 0.5)
    inner = (max(2, round(width * scale)), max(2, round(height * scale)))
    canvas = painted(brief, round(inner[0] * ROOM), inner[1], layered=True)
    stack = stacked(canvas)
    track = sound(canvas.sounds)
    frames = composed(brief, stack, inner, round(seconds * FPS))
    if inner != (width, height):
        frames = (frame.resize((width, height), Image.BICUBIC) for frame in frames)
    write_film(path, frames, width=width, height=height, sound=track)


def composed(brief: Brief, stack: Stack, size: tuple[int, int], count: int) -> Iterator[Image.Image]:
    edge = to_image(np.broadcast_to(vignette(*size), (size[1], size[0], 3)), grain_strength=0.0)
    backwards = brief.dice("camera").random() < 0.5
    free = stack.width - size[0]
    for number in range(count):
        place = eased(number / max(1, count - 1))
        if backwards:
            place = 1 - place
        yield stack.frame(number / FPS, place * free, TRAVEL, size, edge)


def eased(place: float) -> float:
    """Starts and stops softly but is never quite still."""
    return 0.35 * place + 0.65 * (0.5 - 0.5 * math.cos(math.pi * place))
