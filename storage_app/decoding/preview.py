"""A few silent seconds of a film, small enough to play while a hand hovers over its picture."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av

from storage_app.decoding import mp4
from storage_app.decoding.films import first_video, open_media, upright
from storage_app.decoding.pictures import Refused
from storage_app.derivatives import PREVIEW_RATE, PREVIEW_SECONDS, even

CLOSE = 0.001  # seconds by which a frame may be early
ENCODER = {"preset": "veryfast", "crf": "30", "profile": "main", "threads": "1"}


def write_preview(path: str, target: Path, *, reader: str, max_pixels: int, width: int, xmp: bytes) -> int:
    """H.264 of `width` pixels, twelve frames a second, ready to start at once; returns its height."""
    height = 0
    with (
        open(path, "rb") as file,
        open_media(file, reader) as source,
        av.open(str(target), "w", format="mp4", options={"movflags": "+faststart"}) as sink,
    ):
        stream = sink.add_stream("libx264", rate=PREVIEW_RATE, options=ENCODER)
        for number, frame in enumerate(paced(source, first_video(source, max_pixels))):
            picture = upright(frame)
            if not height:
                height = even(round(width * picture.height / picture.width))
                stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
            shown = av.VideoFrame.from_image(picture.resize((width, height)))
            shown.pts, shown.time_base = number, Fraction(1, PREVIEW_RATE)
            sink.mux(stream.encode(shown))
        if not height:
            raise Refused("no frame could be decoded")
        sink.mux(stream.encode(None))
    with open(target, "ab") as file:
        file.write(mp4.boxed(b"uuid", mp4.XMP + xmp))
    return height


def paced(source, stream) -> Iterator[av.VideoFrame]:
    """The frames of the first seconds, as many a second as the preview has."""
    due = 0.0
    for frame in source.decode(stream):
        moment = frame.time or 0.0
        if moment >= PREVIEW_SECONDS:
            return
        if moment > due - CLOSE:
            due += 1 / PREVIEW_RATE
            yield frame
