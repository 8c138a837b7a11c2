"""From a brief to a finished still."""

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageOps

from .brief import Brief
from .canvas import Canvas
from .colour import luminance, mix, ramp
from .finish import enlarged, painted_size, to_image, toned, vignette
from .scenes import mountains, sea

SCENES: dict[str, Callable[[Canvas], None]] = {"mountains": mountains.paint, "sea": sea.paint}


def painted(brief: Brief, width: int, height: int, *, layered: bool = False) -> Canvas:
    canvas = Canvas(brief, width, height, layered)
    SCENES.get(brief.scene, mountains.paint)(canvas)
    return canvas


def still(brief: Brief, width: int, height: int) -> Image.Image:
    """The same brief and size give the same pixels."""
    small = painted_size(width, height)
    canvas = painted(brief, *small)
    picture = to_image(toned(canvas.top.rgb) * vignette(*small))
    return enlarged(picture, width, height)


def retouched(brief: Brief, given: Image.Image, width: int, height: int) -> Image.Image:
    """A given picture, cut to the asked ratio and bathed in the brief's light."""
    small = painted_size(width, height)
    picture = np.asarray(ImageOps.fit(given, small, Image.LANCZOS), np.float32) / 255
    p = brief.palette
    grey = luminance(picture)
    light = ramp([p.near, mix(p.zenith, p.far, 0.5), mix(p.sky, p.horizon, 0.5), p.light], grey)
    return enlarged(to_image(toned(picture * 0.45 + light * 0.55) * vignette(*small)), width, height)
