"""What a file is, after all of it was looked at."""

from PIL import Image

from storage_app.decoding.films import duration_ms, telling_frame
from storage_app.decoding.pictures import WALL, as_hex, average_colour, likeness, open_picture, placeholder
from storage_app.decoding.sounds import listen


def describe(*, media_type: str, path: str, reader: str, max_pixels: int) -> dict:
    """The facts that only decoding can tell; raises on anything that does not decode."""
    return LOOKS[media_type](path=path, reader=reader, max_pixels=max_pixels)


def look_at_picture(*, path: str, reader: str, max_pixels: int) -> dict:
    return facts_of(open_picture(path, reader=reader, max_pixels=max_pixels))


def look_at_film(*, path: str, reader: str, max_pixels: int) -> dict:
    frame = telling_frame(path, reader=reader, max_pixels=max_pixels)
    return facts_of(frame) | {"duration_ms": duration_ms(path, reader=reader)}


def look_at_sound(*, path: str, reader: str, max_pixels: int) -> dict:
    duration, peaks = listen(path, reader=reader)
    return {"duration_ms": duration, "peaks": peaks, "colour": as_hex(WALL)}


LOOKS = {"image": look_at_picture, "video": look_at_film, "audio": look_at_sound}


def facts_of(picture: Image.Image) -> dict:
    return {
        "width": picture.width,
        "height": picture.height,
        "colour": as_hex(average_colour(picture)),
        "placeholder": placeholder(picture),
        "likeness": likeness(picture),
    }
