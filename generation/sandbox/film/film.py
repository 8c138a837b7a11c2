"""Films: a scene's planes pass each other, its light glitters, rain and snow fall, music plays."""

from collections.abc import Callable, Iterator

import numpy as np
from PIL import Image

from ..painting.brief import Brief
from ..painting.paint import painted, still
from .encode import FPS, write_film
from .falling import Falling
from .motion import eased, moving
from .planes import Stack, stacked

ROOM = 1.10  # the painted width in frames: what the camera can travel
LARGEST_FRAME = 940_000  # pixels that are composed; larger films are enlarged frame by frame
TRAVEL = (0.35, 1.0)  # how far the sky and the foreground move, in parts of the free width

Track = Callable[[set[str]], "np.ndarray | None"]  # from what is heard in the scene to its sound


def scene_film(brief: Brief, path: str, *, width: int, height: int, seconds: float, track: Track) -> None:
    """Paints once, then composes and encodes frame by frame."""
    scale = min(1.0, (LARGEST_FRAME / (width * height)) ** 0.5)
    inner = (max(2, round(width * scale)), max(2, round(height * scale)))
    count = round(seconds * FPS)
    canvas = painted(brief, round(inner[0] * ROOM), inner[1], layered=True)
    if brief.style or len(canvas.planes) == 1:
        frames = moving(brief, [still(brief, *inner)], count)
    else:
        frames = composed(brief, stacked(canvas), Falling(canvas.falling, inner), inner, count)
    write_film(path, frames, width=width, height=height, sound=track(canvas.sounds))


def composed(brief: Brief, stack: Stack, falling: Falling, size, count: int) -> Iterator[Image.Image]:
    """`size` is one frame's width and height."""
    backwards = brief.dice("camera").random() < 0.5
    free = stack.width - size[0]
    for number in range(count):
        place = eased(number / max(1, count - 1))
        if backwards:
            place = 1 - place
        frame = stack.frame(number / FPS, place * free, TRAVEL, size)
        yield falling.over(frame, number / FPS)
