"""From a brief to a finished still."""

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageOps

from .brief import Brief
from .canvas import Canvas
from .colour import luminance, mix, ramp
from .finish import enlarged, painted_size, to_image, toned, vignette
from .scenes import (
    aurora,
    botanical,
    ceramic,
    city,
    dunes,
    forest,
    kranok,
    lanterns,
    lotus,
    marble,
    mountains,
    planet,
    portrait,
    sea,
    silk,
    still_life,
    street,
    temple,
    terraces,
    waterfall,
)
from .styles import pieces, prints, washes
from .weather import fall

SCENES: dict[str, Callable[[Canvas], None]] = {
    "mountains": mountains.paint,
    "sea": sea.paint,
    "city": city.paint,
    "street": street.paint,
    "planet": planet.paint,
    "aurora": aurora.paint,
    "temple": temple.paint,
    "lotus": lotus.paint,
    "terraces": terraces.paint,
    "silk": silk.paint,
    "kranok": kranok.paint,
    "ceramic": ceramic.paint,
    "forest": forest.paint,
    "dunes": dunes.paint,
    "lanterns": lanterns.paint,
    "still_life": still_life.paint,
    "portrait": portrait.paint,
    "botanical": botanical.paint,
    "waterfall": waterfall.paint,
    "marble": marble.paint,
}
STYLES: dict[str, Callable[[np.ndarray, Brief], np.ndarray]] = {
    "woodblock": prints.woodblock,
    "linocut": prints.linocut,
    "halftone": prints.halftone,
    "mosaic": pieces.mosaic,
    "papercut": pieces.papercut,
    "weave": pieces.weave,
    "pixel": pieces.pixel,
    "ink": washes.ink,
    "watercolour": washes.watercolour,
    "oil": washes.oil,
}
ALREADY = {("portrait", "papercut"), ("silk", "weave")}  # the scene is made that way as it is
INDOORS = {"silk", "kranok", "ceramic", "still_life", "portrait", "marble", "planet"}


def painted(brief: Brief, width: int, height: int, *, layered: bool = False) -> Canvas:
    canvas = Canvas(brief, width, height, layered)
    SCENES[brief.scene](canvas)
    for kind in sorted({"rain", "snow"} & brief.weather):
        if brief.scene not in INDOORS and not canvas.falling:
            fall(canvas, kind, 0.8)
    return canvas


def still(brief: Brief, width: int, height: int) -> Image.Image:
    """The same brief and size give the same pixels."""
    small = painted_size(width, height)
    return finished(painted(brief, *small).top.rgb, brief, width, height)


def retouched(brief: Brief, given: Image.Image, width: int, height: int) -> Image.Image:
    """A given picture, cut to the asked ratio, bathed in the brief's light and turned into its style."""
    small = painted_size(width, height)
    picture = np.asarray(ImageOps.fit(given, small, Image.LANCZOS), np.float32) / 255
    p = brief.palette
    light = ramp([p.near, mix(p.zenith, p.far, 0.5), mix(p.sky, p.horizon, 0.5), p.light], luminance(picture))
    return finished(picture * 0.5 + light * 0.5, brief, width, height)


def finished(rgb: np.ndarray, brief: Brief, width: int, height: int) -> Image.Image:
    rgb = toned(rgb)
    if brief.style and (brief.scene, brief.style) not in ALREADY:
        picture = to_image(STYLES[brief.style](rgb, brief), grain_strength=0.006)
    else:
        picture = to_image(rgb * vignette(rgb.shape[1], rgb.shape[0]))
    if brief.style == "pixel":
        return picture.resize((width, height), Image.NEAREST)
    return enlarged(picture, width, height)
