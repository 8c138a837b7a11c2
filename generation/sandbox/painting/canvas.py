"""The canvas: coordinates, planes from far to near, and the few strokes that all scenes are made of."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from .brief import Brief
from .colour import Colour
from .noise import Field, clouds, ridged


@dataclass
class Plane:
    """Premultiplied colour and what shines through; `depth` 0 is the sky, 1 the viewer's feet."""

    depth: float
    rgb: np.ndarray
    clear: np.ndarray | None  # (h, w, 1); None where nothing shines through


@dataclass
class Shimmer:
    """Light that lives in a film: added as it is in a still, broken up from frame to frame in motion."""

    plane: int
    kind: str  # "glitter" on water, "twinkle" of stars, "flicker" of lamps
    rgb: np.ndarray


@dataclass
class Canvas:
    """y runs from 0 to 1 downwards, x from 0 to `ratio`, so that circles are round."""

    brief: Brief
    width: int
    height: int
    layered: bool = False
    planes: list[Plane] = field(default_factory=list)
    shimmers: list[Shimmer] = field(default_factory=list)
    sounds: set[str] = field(default_factory=set)  # what one would hear here

    def __post_init__(self):
        self.ratio = self.width / self.height
        self.pixel = 1 / self.height
        self.unit = min(1.0, self.ratio)  # the shorter edge: sizes of suns, plates, faces
        self.y = ((np.arange(self.height, dtype=np.float32) + 0.5) / self.height)[:, None]
        self.x = ((np.arange(self.width, dtype=np.float32) + 0.5) / self.height)[None, :]
        self.palette = self.brief.palette
        self.planes.append(Plane(0.0, np.zeros((self.height, self.width, 3), np.float32), None))

    # -- dice and fields -----------------------------------------------------------------------

    def dice(self, name: str) -> np.random.Generator:
        return self.brief.dice(name)

    def clouds(self, name: str, **options) -> Field:
        return clouds(self.width, self.height, self.dice(name), **options)

    def ridged(self, name: str, **options) -> Field:
        return ridged(self.width, self.height, self.dice(name), **options)

    def distance(self, x: float, y: float) -> Field:
        return np.hypot(self.x - x, self.y - y)

    def cover(self, signed: Field, softness: float = 1.5) -> Field:
        """1 where `signed` (in heights) is positive, 0 outside, a soft edge of some pixels between."""
        return np.clip(signed / (self.pixel * softness) + 0.5, 0, 1)

    # -- planes and strokes --------------------------------------------------------------------

    @property
    def top(self) -> Plane:
        return self.planes[-1]

    def plane(self, depth: float) -> None:
        """What follows stands nearer; only films keep planes apart."""
        if self.layered:
            shape = (self.height, self.width)
            rgb, clear = np.zeros((*shape, 3), np.float32), np.ones((*shape, 1), np.float32)
            self.planes.append(Plane(depth, rgb, clear))

    def fill(self, rgb: Colour) -> None:
        self.top.rgb[:] = rgb

    def lay(self, rgb: Colour, mask: Field) -> None:
        """Paint over, where and as far as the mask says; only the rows it touches are computed."""
        mask = np.broadcast_to(mask, (self.height, self.width))
        rows = np.flatnonzero(mask.max(axis=1) > 0.002)
        if not rows.size:
            return
        span = slice(rows[0], rows[-1] + 1)
        part = mask[span, :, None]
        target = self.top.rgb[span]
        target += (in_rows(rgb, span) - target) * part
        if self.top.clear is not None:
            self.top.clear[span] *= 1 - part

    def glow(self, rgb: Colour, amount: Field) -> None:
        """Add light."""
        self.top.rgb += rgb * np.broadcast_to(amount, (self.height, self.width))[..., None]

    def shade(self, factor: Field) -> None:
        self.top.rgb *= np.broadcast_to(factor, (self.height, self.width))[..., None]

    def change(self, function: Callable[[np.ndarray], np.ndarray]) -> None:
        self.top.rgb = function(self.top.rgb).astype(np.float32)

    def shimmer(self, kind: str, rgb: Colour, amount: Field) -> None:
        light = (rgb * np.broadcast_to(amount, (self.height, self.width))[..., None]).astype(np.float32)
        if self.layered:
            self.shimmers.append(Shimmer(len(self.planes) - 1, kind, light))
        else:
            self.top.rgb += light


def in_rows(rgb: Colour, span: slice) -> Colour:
    """A whole picture is cut to the rows, a single colour or a row of colours stays."""
    return rgb[span] if rgb.ndim == 3 and rgb.shape[0] > 1 else rgb


def smooth(low: float, high: float, at: Field) -> Field:
    """0 below `low`, 1 above `high`, an S between (also downwards when low > high)."""
    part = np.clip((at - low) / (high - low), 0, 1)
    return part * part * (3 - 2 * part)
