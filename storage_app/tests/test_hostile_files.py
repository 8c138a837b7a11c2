"""Files made to hurt: each is refused, and the next file is read as if nothing had happened."""

import io
import struct
import zlib

import av
import pytest
from PIL import Image

from storage_app.errors import Unreadable
from storage_app.probing import describe
from storage_app.tests import media


def png_bomb(width: int, height: int) -> bytes:
    """A picture of one bit a pixel that is a few kilobytes on disk and gigabytes in memory."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    squeeze = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    packed = b"".join(squeeze.compress(row) for _ in range(height)) + squeeze.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def animation(frames: int) -> bytes:
    images = [Image.new("P", (8, 8), number % 256) for number in range(frames)]
    for number, image in enumerate(images):
        image.putpixel((number % 8, number // 8 % 8), 255 - number % 256)
    return media.encoded(images[0], "GIF", save_all=True, append_images=images[1:], duration=20)


def other_animation(form: str, frames: int, **options) -> bytes:
    images = [Image.new("RGB", (2, 2), (number % 256, number // 256, 0)) for number in range(frames)]
    return media.encoded(images[0], form, save_all=True, append_images=images[1:], duration=20, **options)


def vast_webp() -> bytes:
    """A small picture that says it is part of a vast one."""
    webp = media.encoded(Image.new("RGBA", (8, 8), (1, 2, 3, 4)), "WEBP", lossless=True, exif=b"Exif\0\0x")
    return webp[:24] + (16_000).to_bytes(3, "little") * 2 + webp[30:]


def vast_animation() -> bytes:
    """Twelve small pictures on a canvas that nobody could hold."""
    whole = animation(12)
    return whole[:6] + (60_000).to_bytes(2, "little") * 2 + whole[10:]


def vast_film() -> bytes:
    """One grey frame of fifty million points, a few kilobytes on disk."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp4") as out:
        film = out.add_stream("libx264", rate=1, options={"preset": "ultrafast"})
        film.width, film.height, film.pix_fmt = 7168, 7168, "yuv420p"
        frame = av.VideoFrame(7168, 7168, "yuv420p")
        frame.pts = 0
        out.mux(film.encode(frame))
        out.mux(film.encode())
    return buffer.getvalue()


def truncated(data: bytes, part: float) -> bytes:
    return data[: int(len(data) * part)]


HOSTILE = {
    "nothing at all": (b"", "image"),
    "a drawing that runs scripts": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "image"),
    "a page": (b"<html><script>alert(1)</script></html>", "image"),
    "a playlist that points inside": (b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1/inside.ts\n", "video"),
    "a playlist with the head of a sound": (b"ID3\n#EXTM3U\nhttp://127.0.0.1/inside.ts\n", "audio"),
    "an unfinished PNG": (truncated(media.make_png(400, 300), 0.6), "image"),
    "an unfinished JPEG": (truncated(media.make_jpeg_with_gps(400, 300), 0.6), "image"),
    "an unfinished film": (truncated(media.make_mp4(2.0), 0.4), "video"),
    "an unfinished WebM": (truncated(media.make_webm(2.0), 0.05), "video"),
    "an unfinished WAV": (truncated(media.make_wav(2.0), 0.5), "audio"),
    "a signature and nonsense": (b"\x89PNG\r\n\x1a\n" + b"nonsense" * 100, "image"),
    "a film of nonsense": (b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomavc1" + bytes(5000), "video"),
    "a picture of 900 million points": (png_bomb(30000, 30000), "image"),
    "a picture just past the limit": (png_bomb(7100, 7100), "image"),
    "an animation without end": (animation(1100), "image"),
    "an animation on a vast canvas": (vast_animation(), "image"),
    "an animated PNG without end": (other_animation("PNG", 1100), "image"),
    "an animated WebP without end": (other_animation("WEBP", 1100, lossless=True), "image"),
    "an animated AVIF without end": (other_animation("AVIF", 1100, speed=10), "image"),
    "a WebP that says it is vast": (vast_webp(), "image"),
    "a film of vast frames": (vast_film(), "video"),
}


@pytest.mark.parametrize("data, media_type", HOSTILE.values(), ids=HOSTILE.keys())
def test_it_is_refused(tmp_path, data, media_type):
    with pytest.raises(Unreadable):
        describe(media.written(tmp_path, data), media_type=media_type)
    assert describe(media.written(tmp_path, media.make_png(20, 20)), media_type="image").width == 20


def test_the_limit_counts_pixels_and_not_bytes(tmp_path):
    facts = describe(media.written(tmp_path, png_bomb(7000, 7000)), media_type="image")
    assert (facts.width, facts.height) == (7000, 7000)


def test_a_short_animation_is_taken(tmp_path):
    assert describe(media.written(tmp_path, animation(12)), media_type="image").ext == "gif"
