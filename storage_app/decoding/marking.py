"""Writing into a file that a machine made it, without touching its pixels or its sound."""

from PIL import Image

from storage_app.decoding import jpeg, mp3, mp4, png, provenance, riff
from storage_app.decoding.edits import told
from storage_app.decoding.stripping import bytes_of


def mark(*, media_type: str, path: str, reader: str, max_pixels: int, making: dict) -> list | None:
    """The edits that mark the file; None when it says so already, or has no place that we know."""
    packet = provenance.packet(**making)
    if reader not in MARKERS:
        return None
    Image.MAX_IMAGE_PIXELS = max_pixels
    with bytes_of(path) as data:
        edits = MARKERS[reader](path, data, packet)
    return None if edits is None else told(edits)


def webp(path: str, data, packet: bytes):
    with Image.open(path, formats=["WEBP"]) as opened:
        size = opened.size
    return riff.mark_webp(data, packet, size)


MARKERS = {
    "JPEG": lambda path, data, packet: jpeg.mark(data, packet),
    "PNG": lambda path, data, packet: png.mark(data, packet),
    "WEBP": webp,
    "mov": lambda path, data, packet: mp4.mark(data, packet),
    "mp3": lambda path, data, packet: mp3.mark(data, packet),
    "wav": lambda path, data, packet: riff.mark_wav(data, packet),
}
