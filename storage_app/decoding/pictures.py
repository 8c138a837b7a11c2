"""Opening a picture safely and bringing it to plain sRGB pixels without anything else attached."""

import base64
import io

import numpy
from PIL import Image, ImageCms, ImageOps

MAX_FRAMES = 1000
MAX_ANIMATION_PIXELS = 1_000_000_000
ORIENTATION = 0x0112  # an EXIF tag; from 5 on the picture lies on its side
EXIF_HEADER = b"Exif\0\0"
LARGE = 2000  # pixels of width from which whole points are averaged first: the step that costs
DRAFTED_FOR = 1.5  # a JPEG is decoded at no less than so many times the largest width that is wanted
TELLING_CONTRAST = 2.0  # standard deviation of brightness, 0..255
WALL = (238, 238, 235)  # the colour behind a work


class Refused(ValueError):
    """The file is readable and still nothing for us."""


def open_picture(path: str, *, reader: str, max_pixels: int, at_least: int = 0) -> Image.Image:
    """All pixels of the first frame, upright, RGB or RGBA, without metadata.

    `at_least` (pixels of width) lets a large picture be reduced before anything else is done to it, and a
    JPEG even be decoded at a fraction of its size.
    """
    Image.MAX_IMAGE_PIXELS = max_pixels
    with Image.open(path, formats=[reader]) as opened:
        refuse_bombs(opened, max_pixels)
        sideways = opened.getexif().get(ORIENTATION, 1) >= 5
        times = (opened.height if sideways else opened.width) / at_least if at_least else 1.0
        if reader == "JPEG" and times > DRAFTED_FOR:
            opened.draft(None, tuple(round(side * DRAFTED_FOR / times) for side in opened.size))
        opened.load()
        ImageOps.exif_transpose(opened, in_place=True)
        return plain(halved(opened, at_least))


def halved(picture: Image.Image, at_least: int) -> Image.Image:
    """Whole points averaged, as often as it goes: everything that follows costs a quarter, or a ninth."""
    times = picture.width // at_least if at_least and picture.width > LARGE else 1
    can_be = times > 1 and picture.mode in ("RGB", "RGBA", "L")
    if not can_be:
        return picture
    smaller = picture.reduce(times)
    smaller.info = picture.info
    return smaller


def refuse_bombs(opened: Image.Image, max_pixels: int) -> None:
    pixels = opened.width * opened.height
    frames = getattr(opened, "n_frames", 1)
    if pixels > max_pixels:
        raise Refused(f"{pixels} pixels are too many")
    if frames > MAX_FRAMES or (frames * pixels > MAX_ANIMATION_PIXELS and frames > 1):
        raise Refused(f"{frames} frames of {pixels} pixels are too many")


def plain(picture: Image.Image) -> Image.Image:
    """The same picture in sRGB, as pixels only: position, camera, comments and profiles stay behind."""
    profile = picture.info.get("icc_profile")
    see_through = picture.has_transparency_data
    if picture.mode.startswith("I"):  # 16 bits a sample
        picture = picture.point(lambda sample: sample / 256).convert("L")
    target = "RGBA" if see_through else "RGB"
    if profile and picture.mode in ("RGB", "RGBA", "CMYK", "L"):
        picture = to_srgb(picture, profile, target)
    bare = picture.convert(target)  # always a copy
    if see_through and bare.getextrema()[3] == (255, 255):
        bare = bare.convert("RGB")
    bare.info = {}
    return bare


def to_srgb(picture: Image.Image, profile: bytes, target: str) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=target)
    except (ImageCms.PyCMSError, OSError):  # a broken profile is no reason to refuse the picture
        return picture


def on_wall(picture: Image.Image, wall: tuple[int, int, int] = WALL) -> Image.Image:
    """The picture without see-through places."""
    if picture.mode != "RGBA":
        return picture
    ground = Image.new("RGB", picture.size, wall)
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def average_colour(picture: Image.Image) -> tuple[int, int, int]:
    return on_wall(picture).resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))


def as_hex(colour: tuple[int, int, int]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def placeholder(picture: Image.Image) -> str:
    """Sixteen pixels of width as a data URI: about a hundred bytes, shown before the picture arrives."""
    height = max(1, min(48, round(16 * picture.height / picture.width)))
    small = on_wall(picture).resize((16, height), Image.Resampling.BOX)
    buffer = io.BytesIO()
    small.save(buffer, "WEBP", quality=40, method=6)
    return "data:image/webp;base64," + base64.b64encode(buffer.getvalue()).decode()


def likeness(picture: Image.Image) -> int | None:
    """64 bits, each whether it grows lighter from one place to the next: a smaller or recoded copy has
    nearly the same.

    None for an even surface, which is like every other one.
    """
    small = on_wall(picture).convert("L").resize((9, 8), Image.Resampling.BOX)
    light = numpy.asarray(small, numpy.float64)
    if light.std() < TELLING_CONTRAST:
        return None
    grows = light[:, 1:] > light[:, :-1]
    return int.from_bytes(numpy.packbits(grows).tobytes(), signed=True)
