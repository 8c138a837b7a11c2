"""Looking at a film: how long, how large, and which frame tells what it is about."""

import av
from PIL import Image

from storage_app.decoding.pictures import Refused, plain

TELLING_CONTRAST = 20  # standard deviation of brightness, 0..255
LOOK_SECONDS = 6.0  # how far to look for a telling frame
LOOK_EVERY = 0.25  # seconds
COMPLETE_FROM = 0.9  # of the announced duration


def open_media(file, reader: str):
    """By file object and with one demuxer only: a playlist or an address inside the file leads nowhere."""
    return av.open(file, format=reader)


def telling_frame(path: str, *, reader: str, max_pixels: int) -> Image.Image:
    """The first frame that is neither black nor blank, upright; else the richest of those seen."""
    best, best_contrast, due = None, -1.0, 0.0
    with open(path, "rb") as file, open_media(file, reader) as container:
        stream = first_video(container, max_pixels)
        for frame in container.decode(stream):
            moment = frame.time or 0.0
            if moment < due:
                continue
            if moment > LOOK_SECONDS:
                break
            due = moment + LOOK_EVERY
            contrast = float(frame.reformat(64, 36, "gray").to_ndarray().std())
            if contrast > best_contrast:
                best, best_contrast = upright(frame), contrast
            if contrast >= TELLING_CONTRAST:
                break
    if best is None:
        raise Refused("no frame could be decoded")
    return plain(best)


def upright(frame) -> Image.Image:
    picture = frame.to_image()
    return picture.rotate(frame.rotation, expand=True) if frame.rotation else picture


def first_video(container, max_pixels: int):
    if not container.streams.video:
        raise Refused("there is no picture in this film")
    stream = container.streams.video[0]
    if stream.width * stream.height > max_pixels:
        raise Refused("the frames of this film are too large")
    return stream


def duration_ms(path: str, *, reader: str) -> int:
    """Milliseconds of film that are really there; refuses a file that ends before it said it would."""
    with open(path, "rb") as file, open_media(file, reader) as container:
        stream = container.streams.video[0]
        announced = (container.duration or 0) / av.time_base
        ends = [
            float((packet.pts + (packet.duration or 0)) * packet.time_base)
            for packet in container.demux(stream)
            if packet.pts is not None
        ]
    found = max(ends, default=0.0)
    if found <= 0 or found < announced * COMPLETE_FROM:
        raise Refused(f"the film ends after {found:.1f} of {announced:.1f} seconds")
    return round(max(found, announced) * 1000)
