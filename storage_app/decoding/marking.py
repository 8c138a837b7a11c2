"""Writing into a file that a machine made it, without touching its pixels or its sound."""

from PIL import Image

from storage_app.decoding import avif, flac, gif, jpeg, mp3, mp4, ogg, png, provenance, repacking, riff
from storage_app.decoding.edits import Edit, told
from storage_app.decoding.pictures import Refused
from storage_app.decoding.stripping import bytes_of


def mark(
    *, media_type: str, path: str, reader: str, max_pixels: int, making: dict, target: str
) -> dict[str, list | bool | None]:
    """{"edits": [...]} that mark the file, None when it says so already; or {"rewritten": true}.

    Raises where there is no place for it.
    """
    fields = provenance.fields(**making)
    if reader == "matroska":
        return {"edits": None, "rewritten": repacking.mark(path, reader, target, fields)}
    Image.MAX_IMAGE_PIXELS = max_pixels
    try:
        edits = edits_of(path, reader, fields, provenance.packet(**making))
    except Refused:
        if reader not in repacking.MUXERS:
            raise
        return {"edits": None, "rewritten": repacking.mark(path, reader, target, fields)}
    return {"edits": None if edits is None else told(edits)}


def edits_of(path: str, reader: str, fields: dict[str, str], packet: bytes) -> list[Edit] | None:
    with bytes_of(path) as data:
        if reader in BY_FIELDS:
            return BY_FIELDS[reader](data, fields)
        return BY_PACKET[reader](path, data, packet)


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
