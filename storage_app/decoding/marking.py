"""Writing into a file that a machine made it, without touching its pixels or its sound."""

from PIL import Image

from storage_app.decoding import avif, flac, gif, jpeg, mp3, mp4, ogg, png, provenance, riff, webm
from storage_app.decoding.edits import told
from storage_app.decoding.stripping import bytes_of


def mark(
    *, media_type: str, path: str, reader: str, max_pixels: int, making: dict, target: str
) -> dict[str, list | bool | None]:
    """{"edits": [...]} that mark the file, None when it says so already; or {"rewritten": true}.

    Raises where there is no place for it.
    """
    fields = provenance.fields(**making)
    if reader == "matroska":
        return {"edits": None, "rewritten": webm.mark(path, target, fields)}
    Image.MAX_IMAGE_PIXELS = max_pixels
    with bytes_of(path) as data:
        if reader in BY_FIELDS:
            edits = BY_FIELDS[reader](data, fields)
        else:
            edits = BY_PACKET[reader](path, data, provenance.packet(**making))
    return {"edits": None if edits is None else told(edits)}


def webp(path: str, data, packet: bytes):
    with Image.open(path, formats=["WEBP"]) as opened:
        size = opened.size
    return riff.mark_webp(data, packet, size)


BY_PACKET = {
    "AVIF": lambda path, data, packet: avif.mark(data, packet),
    "GIF": lambda path, data, packet: gif.mark(data, packet),
    "JPEG": lambda path, data, packet: jpeg.mark(data, packet),
    "PNG": lambda path, data, packet: png.mark(data, packet),
    "WEBP": webp,
    "mov": lambda path, data, packet: mp4.mark(data, packet),
    "mp3": lambda path, data, packet: mp3.mark(data, packet),
    "wav": lambda path, data, packet: riff.mark_wav(data, packet),
}
BY_FIELDS = {"flac": flac.mark, "ogg": ogg.mark}
