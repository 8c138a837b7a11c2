"""A painted scene as planes that can be moved against each other, frame by frame, in 8-bit C operations."""

from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageChops

from ..painting.canvas import Canvas, Plane, Shimmer
from ..painting.finish import grain, toned, vignette
from ..painting.noise import generator, octave

LOOP = {"glitter": (8, 7.0), "twinkle": (8, 2.2), "flicker": (6, 1.6)}  # (patterns, patterns per second)


PHASES = 4  # positions between two pixels that are kept ready


class Moved:
    """A picture that can be cut out at fractions of a pixel, so that slow pans do not tremble."""

    def __init__(self, picture: Image.Image):
        self._phases: dict[int, Image.Image] = {0: picture}
        self.height = picture.height

    def cut(self, left: float, width: int) -> Image.Image:
        whole, phase = divmod(round(left * PHASES), PHASES)
        if phase not in self._phases:
            self._phases[phase] = self._between(phase / PHASES)
        return self._phases[phase].crop((whole, 0, whole + width, self.height))

    def _between(self, part: float) -> Image.Image:
        picture = self._phases[0]
        return Image.blend(picture, ImageChops.offset(picture, -1, 0), part)


@dataclass
class Sheet:
    """`rgb` is premultiplied; `clear` is what shines through, None for the opaque one at the back."""

    top: int
    rgb: Moved
    clear: Moved | None
    depth: float
    lights: list["Lights"] = field(default_factory=list)


@dataclass
class Lights:
    left: int
    top: int
    patterns: list[Image.Image]
    per_second: float

    def at(self, moment: float) -> Image.Image:
        place = moment * self.per_second
        first = int(place) % len(self.patterns)
        following = self.patterns[(first + 1) % len(self.patterns)]
        return Image.blend(self.patterns[first], following, place % 1)


@dataclass
class Stack:
    width: int
    sheets: list[Sheet]

    def frame(self, moment: float, shift: float, travel, size: tuple[int, int]) -> Image.Image:
        """`shift` is the camera's way in pixels; far planes go the first part of `travel`, near ones all."""
        frame = None
        for sheet in self.sheets:
            part = travel[0] + (travel[1] - travel[0]) * sheet.depth
            left = (self.width - size[0]) * 0.5 + (shift - (self.width - size[0]) * 0.5) * part
            frame = laid(frame, sheet, left, size)
            for lights in sheet.lights:
                add_light(frame, lights.at(moment), round(lights.left - left), lights.top)
        return frame


def laid(frame: Image.Image | None, sheet: Sheet, left: float, size: tuple[int, int]) -> Image.Image:
    rgb = sheet.rgb.cut(left, size[0])
    if frame is None or sheet.clear is None:
        return rgb
    box = (0, sheet.top, size[0], sheet.top + rgb.height)
    under = ImageChops.multiply(frame.crop(box), sheet.clear.cut(left, size[0]))
    frame.paste(ImageChops.add(under, rgb), box)
    return frame


def add_light(frame: Image.Image, light: Image.Image, left: int, top: int) -> None:
    box = (max(0, left), top, min(frame.width, left + light.width), top + light.height)
    if box[2] <= box[0]:
        return
    part = light.crop((box[0] - left, 0, box[2] - left, light.height))
    frame.paste(ImageChops.add(frame.crop(box), part), box)


def stacked(c: Canvas) -> Stack:
    sheets = [sheet_of(plane) for plane in c.planes]
    for shimmer in c.shimmers:
        sheets[shimmer.plane].lights.append(lights_of(shimmer))
    return Stack(c.width, sheets)


def sheet_of(plane: Plane) -> Sheet:
    height, width = plane.rgb.shape[:2]
    noise, edge = grain(width, height, 0.007), vignette(width, height)
    if plane.clear is None:
        return Sheet(0, Moved(to_picture(toned(plane.rgb) * edge + noise)), None, plane.depth)
    cover = 1 - plane.clear
    straight = plane.rgb / np.maximum(cover, 1e-3)
    rgb = np.where(cover > 0.02, toned(straight) * cover, plane.rgb) * edge + noise * cover
    rows = np.flatnonzero((cover[..., 0] > 0.004).any(axis=1) | (plane.rgb > 0.004).any(axis=(1, 2)))
    span = slice(rows[0], rows[-1] + 1) if rows.size else slice(0, 1)
    clear = np.broadcast_to(plane.clear[span], rgb[span].shape)
    return Sheet(span.start, Moved(to_picture(rgb[span])), Moved(to_picture(clear)), plane.depth)


def lights_of(shimmer: Shimmer) -> Lights:
    """Patterns of the same light, broken in different places; crossfaded they are alive."""
    bright = shimmer.rgb.max(axis=2) > 0.01
    rows, columns = np.flatnonzero(bright.any(axis=1)), np.flatnonzero(bright.any(axis=0))
    if not rows.size:
        return Lights(0, 0, [Image.new("RGB", (1, 1))], 1)
    part = shimmer.rgb[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    count, per_second = LOOP[shimmer.kind]
    patterns = [to_picture(part * broken(shimmer.kind, part.shape, number)) for number in range(count)]
    return Lights(int(columns[0]), int(rows[0]), patterns, per_second)


def broken(kind: str, shape, number: int) -> np.ndarray:
    height, width = shape[:2]
    g = generator("shimmer", kind, number)
    cells = {"glitter": max(6, height // 7), "twinkle": max(4, height // 4), "flicker": max(3, height // 40)}[
        kind
    ]
    noise = octave(width, height, cells, g, stretch=3.0 if kind == "glitter" else 1.0)
    low = {"glitter": 0.0, "twinkle": 0.35, "flicker": 0.75}[kind]
    return (low + (1 - low) * 2 * np.clip(noise, 0, 1) ** 1.6)[..., None]


def to_picture(rgb: np.ndarray) -> Image.Image:
    return Image.fromarray((np.clip(rgb, 0, 1) * 255 + 0.5).astype(np.uint8))
