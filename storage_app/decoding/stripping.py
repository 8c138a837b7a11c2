"""Taking out of a file what tells where, with what and by whom it was made."""

from collections.abc import Iterator
from contextlib import contextmanager
from mmap import ACCESS_READ, mmap

import av
from PIL import Image

from storage_app.decoding import gif, jpeg, mp4, png, riff
from storage_app.decoding.edits import Edit, told
from storage_app.decoding.films import open_media
from storage_app.decoding.pictures import EXIF_HEADER, ORIENTATION, Refused

MUXERS = {"matroska": "webm", "ogg": "ogg", "mp3": "mp3", "wav": "wav", "flac": "flac"}
EMPTY_EXIF = b"II*\0\x08\0\0\0" + bytes(6)  # well formed, and without a single entry


def strip(*, media_type: str, path: str, reader: str, max_pixels: int, target: str) -> dict:
    """{"edits": [...]}: what to take out in place, or {"rewritten": true} when `target` is the clean file."""
    if reader in MUXERS:
        return {"edits": [], "rewritten": rewrite(path, reader, target)}
    with bytes_of(path) as data:
        if reader == "mov":
            return {"edits": told(mp4.clean(data))}
        Image.MAX_IMAGE_PIXELS = max_pixels
        return {"edits": told(PICTURES[reader](path, data))}


@contextmanager
def bytes_of(path: str) -> Iterator[mmap]:
    with open(path, "rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        yield data


def upright(path: str, reader: str) -> bytes:
    """An Exif block of the orientation alone; empty when the picture lies as it is stored."""
    with Image.open(path, formats=[reader]) as opened:
        turned = opened.getexif().get(ORIENTATION, 1)
    if turned not in range(2, 9):
        return b""
    exif = Image.Exif()
    exif[ORIENTATION] = turned
    return exif.tobytes().removeprefix(EXIF_HEADER)


def avif(path: str, data: mmap) -> list[Edit]:
    """Blocks of Exif and XMP are emptied where they lie."""
    with Image.open(path, formats=["AVIF"]) as opened:
        blocks = [opened.info.get("exif", b""), opened.info.get("xmp", b"")]
    exif = blocks[0].removeprefix(EXIF_HEADER)
    return [
        *emptied(data, exif, EMPTY_EXIF.ljust(len(exif), b"\0")[: len(exif)]),
        *emptied(data, blocks[1], b" " * len(blocks[1])),
    ]


def emptied(data: mmap, block: bytes, instead: bytes) -> list[Edit]:
    if not block or block == instead:
        return []
    at = data.find(block)
    if at < 0:
        raise Refused("what this picture says about itself cannot be taken out")
    return [Edit(at, len(block), instead)]


PICTURES = {
    "JPEG": lambda path, data: jpeg.clean(data, upright(path, "JPEG")),
    "PNG": lambda path, data: png.clean(data, upright(path, "PNG")),
    "WEBP": lambda path, data: riff.clean_webp(data, upright(path, "WEBP")),
    "AVIF": avif,
    "GIF": lambda path, data: gif.clean(data),
}


def rewrite(path: str, reader: str, target: str) -> bool:
    """Write the same packets without a word about them, if one tells a place."""
    with open(path, "rb") as file, open_media(file, reader) as source:
        if not any("location" in name.lower() for one in spoken(source) for name in one):
            return False
        with open(target, "wb") as out, av.open(out, "w", format=MUXERS[reader]) as sink:
            kept = {
                stream.index: sink.add_stream_from_template(stream)
                for stream in source.streams
                if stream.type in ("audio", "video")
            }
            for stream in kept.values():
                stream.metadata.clear()
            for packet in source.demux([source.streams[index] for index in kept]):
                if packet.dts is not None:
                    packet.stream = kept[packet.stream.index]
                    sink.mux(packet)
    return True


def spoken(container) -> list[dict]:
    return [container.metadata, *(stream.metadata for stream in container.streams)]
