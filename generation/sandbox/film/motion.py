"""A given picture in motion: the camera moves in, light passes over it, two pictures dissolve."""

import math
from collections.abc import Iterator

from PIL import Image, ImageChops, ImageEnhance

from ..painting.brief import Brief
from .encode import FPS, write_film

ZOOM = 0.14  # how much closer the camera comes


def eased(place: float) -> float:
    """Starts and stops softly but is never quite still."""
    return 0.35 * place + 0.65 * (0.5 - 0.5 * math.cos(math.pi * place))


def picture_film(brief: Brief, path: str, pictures: list[Image.Image], *, seconds: float, sound=None) -> None:
    width, height = pictures[0].size
    write_film(path, moving(brief, pictures, round(seconds * FPS)), width=width, height=height, sound=sound)


def moving(brief: Brief, pictures: list[Image.Image], count: int) -> Iterator[Image.Image]:
    width, height = pictures[0].size
    g = brief.dice("camera")
    aim = (0.35 + 0.3 * g.random(), 0.35 + 0.3 * g.random())
    beam = light_beam(width, height)
    for number in range(count):
        place = number / max(1, count - 1)
        frame = pictures[0]
        if len(pictures) > 1:
            frame = Image.blend(pictures[0], pictures[1], eased(place))
        frame = frame.resize((width, height), Image.BILINEAR, box=closer(width, height, aim, eased(place)))
        left = round((place * 1.6 - 0.8) * width)
        yield ImageChops.add(frame, ImageChops.offset(beam, left, 0))


def closer(
    width: int, height: int, aim: tuple[float, float], place: float
) -> tuple[float, float, float, float]:
    part = 1 - ZOOM * place
    left, top = (1 - part) * width * aim[0], (1 - part) * height * aim[1]
    return left, top, left + part * width, top + part * height


def light_beam(width: int, height: int) -> Image.Image:
    """A faint warm slope of light, wide as half the picture."""
    ramp = (
        Image.radial_gradient("L")
        .resize((width, height * 2))
        .crop((0, height // 2, width, height // 2 + height))
    )
    faint = ImageEnhance.Brightness(ImageChops.invert(ramp)).enhance(0.10)
    return Image.merge("RGB", (faint, faint.point(lambda v: v * 0.9), faint.point(lambda v: v * 0.7)))
