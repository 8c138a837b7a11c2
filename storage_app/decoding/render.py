"""Making every wanted derivative from one decode."""

from pathlib import Path

from PIL import Image

from storage_app.decoding.drawn import social_card, waveform
from storage_app.decoding.films import telling_frame
from storage_app.decoding.pictures import LARGE, on_wall, open_picture
from storage_app.decoding.preview import write_preview
from storage_app.decoding.provenance import packet
from storage_app.derivatives import CARD_SIZE, SOCIAL_SIZE


def render(
    *,
    media_type: str,
    path: str,
    reader: str,
    max_pixels: int,
    peaks: list[int] | None,
    making: dict | None,
    wanted: list[dict],
    folder: str,
) -> list[dict]:
    """Write one file per wanted {role, format, width, options} into `folder`; says of each its height
    and its name. Without `making` the files say nothing of how they were made.
    """
    xmp = b"" if making is None else packet(**making)
    clips = [one for one in wanted if one["role"] == "preview"]
    made = [one | clip(path, reader, max_pixels, one, Path(folder), xmp) for one in clips]
    stills = sorted((one for one in wanted if one not in clips), key=lambda one: one["width"], reverse=True)
    if not stills:
        return made
    picture = source(media_type, path, reader, max_pixels, stills[0]["width"], peaks)
    for one in stills:
        if one["role"] == "social":
            result = social(media_type, picture, peaks)
        else:
            result = picture = narrowed(picture, one["width"])
        made.append(one | write(result, one, Path(folder), xmp))
    return made


def clip(path: str, reader: str, max_pixels: int, one: dict, folder: Path, xmp: bytes) -> dict:
    target = folder / name_of(one)
    height = write_preview(path, target, reader=reader, max_pixels=max_pixels, width=one["width"], xmp=xmp)
    return {"name": target.name, "height": height}


def source(
    media_type: str, path: str, reader: str, max_pixels: int, at_least: int, peaks: list[int] | None
) -> Image.Image:
    """The picture that everything else is made from."""
    if media_type == "audio":
        return waveform(peaks, CARD_SIZE)
    if media_type == "video":
        return telling_frame(path, reader=reader, max_pixels=max_pixels)
    return open_picture(path, reader=reader, max_pixels=max_pixels, at_least=at_least)


def social(media_type: str, picture: Image.Image, peaks: list[int] | None) -> Image.Image:
    if media_type == "audio":
        return waveform(peaks, SOCIAL_SIZE)
    return social_card(picture, plays=media_type == "video")


def narrowed(picture: Image.Image, width: int) -> Image.Image:
    """Each step is made from the one before it, which costs a fraction of starting at the original."""
    if width >= picture.width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    gap = 1.0 if picture.width > LARGE else 2.0
    return picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=gap)


def write(picture: Image.Image, one: dict, folder: Path, xmp: bytes) -> dict:
    target = folder / name_of(one)
    shown = on_wall(picture) if one["format"] == "jpg" else picture
    shown.save(target, xmp=xmp, **one["options"])
    return {"name": target.name, "height": picture.height}


def name_of(one: dict) -> str:
    return f"{one['role']}-{one['width']}.{one['format']}"
