"""The first bytes decide what a file is."""

import pytest

from storage_app.file_types import content_type_of, recognise
from storage_app.tests import media


def boxed(major: bytes, *compatible: bytes) -> bytes:
    brands = b"".join(compatible)
    return (16 + len(brands)).to_bytes(4, "big") + b"ftyp" + major + bytes(4) + brands


@pytest.mark.parametrize(
    "head, content_type",
    [
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0..JFIF", "image/jpeg"),
        (b"RIFF....WEBPVP8 ", "image/webp"),
        (b"GIF87a..", "image/gif"),
        (b"GIF89a..", "image/gif"),
        (boxed(b"avif", b"mif1", b"miaf"), "image/avif"),
        (boxed(b"mif1", b"avif", b"miaf"), "image/avif"),
        (boxed(b"isom", b"iso2", b"avc1", b"mp41"), "video/mp4"),
        (boxed(b"qt  "), "video/quicktime"),
        (boxed(b"M4A ", b"isom", b"mp42"), "audio/mp4"),
        (b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\x82\x84webm", "video/webm"),
        (b"ID3\x04\x00....", "audio/mpeg"),
        (b"\xff\xfb\x90\x00....", "audio/mpeg"),
        (b"RIFF....WAVEfmt ", "audio/wav"),
        (b"OggS\x00\x02", "audio/ogg"),
        (b"fLaC\x00\x00", "audio/flac"),
    ],
)
def test_bytes_give_a_type_away(head, content_type):
    assert recognise(head).content_type == content_type


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\xff",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<!doctype html><script>alert(1)</script>",
        b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1/inside.ts",
        b"%PDF-1.7",
        b"%!PS-Adobe-3.0 EPSF-3.0",
        b"II*\x00....",
        b"PK\x03\x04....",
        b"\xff\xf1\x50\x80....",  # AAC in ADTS, which looks much like MP3
        b"\x1a\x45\xdf\xa3\x01\x00\x00\x00\x00\x00\x00\x1fB\x82\x88matroska",
        boxed(b"heic", b"mif1"),
        b"\x00\x00\x00\x08ftyp",
        b"RIFF....AVI LIST",
    ],
)
def test_everything_else_is_unknown(head):
    assert recognise(head) is None


@pytest.mark.parametrize(
    "made, content_type",
    [
        (media.make_png(20, 20), "image/png"),
        (media.encoded(media.picture(20, 20), "AVIF"), "image/avif"),
        (media.encoded(media.picture(20, 20), "WEBP"), "image/webp"),
        (media.make_mp4(0.5), "video/mp4"),
        (media.make_webm(0.5), "video/webm"),
        (media.make_mp3(0.5), "audio/mpeg"),
        (media.make_wav(0.5), "audio/wav"),
        (media.make_ogg(0.5), "audio/ogg"),
        (media.make_m4a(0.5), "audio/mp4"),
        (media.make_flac(0.5), "audio/flac"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_files_of_real_encoders_are_recognised(made, content_type):
    assert recognise(made[:4096]).content_type == content_type


@pytest.mark.parametrize(
    "key, content_type",
    [
        ("images/generated/u/t.png", "image/png"),
        ("images/generated/u/t.PNG", "image/png"),
        ("images/generated/u/t.svg", "application/octet-stream"),
        ("images/generated/u/t.html", "application/octet-stream"),
        ("images/generated/u/t", "application/octet-stream"),
        ("videos/generated/u/t.mov", "video/quicktime"),
    ],
)
def test_a_key_promises_only_types_of_ours(key, content_type):
    assert content_type_of(key) == content_type
