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


@dataclass(frozen=True)
class Patch:
    """A rectangle of the canvas; `x` and `y` are distances from the point it was asked for."""

    rows: slice
    columns: slice
    x: Field
    y: Field


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
    falling: str = ""  # "rain" or "snow" in front of everything
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

    def patch(self, x: float, y: float, reach_x: float, reach_y: float | None = None) -> "Patch | None":
        """The part of the canvas within this reach of a point; None when it lies outside."""
        reach_y = reach_x if reach_y is None else reach_y
        left, right = (int(np.clip((x + side * reach_x) * self.height, 0, self.width)) for side in (-1, 1))
        top, bottom = (int(np.clip((y + side * reach_y) * self.height, 0, self.height)) for side in (-1, 1))
        if right - left < 1 or bottom - top < 1:
            return None
        rows, columns = slice(top, bottom), slice(left, right)
        return Patch(rows, columns, self.x[:, columns] - x, self.y[rows] - y)

    def lay(self, rgb: Colour, mask: Field, patch: "Patch | None" = None) -> None:
        """Paint over, where and as far as the mask says; only the rows it touches are computed."""
        if patch is None:
            mask = np.broadcast_to(mask, (self.height, self.width))
            rows = np.flatnonzero(mask.max(axis=1) > 0.002)
            if not rows.size:
                return
            patch = Patch(slice(rows[0], rows[-1] + 1), slice(None), self.x, self.y)
            mask, rgb = mask[patch.rows], in_rows(rgb, patch.rows)
        target = self.top.rgb[patch.rows, patch.columns]
        part = np.broadcast_to(mask, target.shape[:2])[..., None]
        target += (rgb - target) * part
        if self.top.clear is not None:
            self.top.clear[patch.rows, patch.columns] *= 1 - part

    def glow(self, rgb: Colour, amount: Field, patch: "Patch | None" = None) -> None:
        """Add light."""
        target = self.top.rgb if patch is None else self.top.rgb[patch.rows, patch.columns]
        target += rgb * np.broadcast_to(amount, target.shape[:2])[..., None]

    def shade(self, factor: Field, patch: "Patch | None" = None) -> None:
        """Take light away, a factor of 1 leaves all of it; on a film's nearer plane as thin black paint."""
        if self.top.clear is None:
            target = self.top.rgb if patch is None else self.top.rgb[patch.rows, patch.columns]
            target *= np.broadcast_to(factor, target.shape[:2])[..., None]
        else:
            self.lay(np.zeros(3, np.float32), 1 - factor, patch)

    def merged(self) -> np.ndarray:
        """All planes as one picture, for mirrors."""
        picture = self.planes[0].rgb.copy()
        for plane in self.planes[1:]:
            picture = picture * plane.clear + plane.rgb
        for shimmer in self.shimmers:
            picture += shimmer.rgb
        return picture

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
