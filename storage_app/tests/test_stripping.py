"""What a photograph or a film tells about its maker stays with its maker; the work itself is untouched."""

import io

import av
import numpy
import pytest
from PIL import Image

from storage_app.amending import stripped
from storage_app.decoding import gif
from storage_app.probing import describe, type_of
from storage_app.tests import media

PLACE = "+13.7539+100.4927/"
GPS_WORDS = (b"Camera of somebody", b"<script>", PLACE.encode(), b"GPS")
APPLE_PLACE = "com.apple.quicktime.location.ISO6709"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r exif:GPSLatitude="13,45.2N"/></x:xmpmeta>'


def gps(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[media.ORIENTATION] = orientation
    exif[0x010F] = "Camera of somebody"
    exif.get_ifd(media.GPS).update({1: "N", 2: (13.0, 45.0, 14.0)})
    return exif


def telling_picture(form: str, *, orientation: int = 1) -> bytes:
    return media.encoded(media.picture(320, 200), form, exif=gps(orientation), xmp=XMP)


def told_mp4() -> bytes:
    """As a telephone writes it: where it was, in the user's data at the end of the index."""
    film = media.make_mp4()
    index = film.rindex(b"moov") - 4
    place = (len(PLACE) + 12).to_bytes(4) + b"\xa9xyz" + len(PLACE).to_bytes(2) + b"\x15\xc7" + PLACE.encode()
    told = (len(place) + 8).to_bytes(4) + b"udta" + place
    size = int.from_bytes(film[index : index + 4]) + len(told)
    return film[:index] + size.to_bytes(4) + film[index + 4 :] + told


def told_film(form: str, codec: str, key: str = "location", **options) -> bytes:
    buffer = io.BytesIO()
    with av.open(buffer, "w", format=form, options=options) as out:
        out.metadata[key] = PLACE
        film = media._film(out, codec, 160, 90)
        media._paint(out, film, 1.0, 0.0)
    return buffer.getvalue()


def told_sound(form: str, codec: str, samples: str) -> bytes:
    buffer = io.BytesIO()
    with av.open(buffer, "w", format=form) as out:
        out.metadata["location"] = PLACE
        media._sing(out, out.add_stream(codec, rate=48000, layout="stereo"), 1.0, samples)
    return buffer.getvalue()


def telling_gif() -> bytes:
    bare = media.encoded(media.picture(320, 200), "GIF", comment=b"Camera of somebody")
    return bare[:-1] + gif.XMP + XMP + gif.AFTER_XMP + b";"


TELLING = {
    "jpeg": lambda: telling_picture("JPEG"),
    "jpeg with more": media.make_jpeg_with_gps,
    "png": lambda: telling_picture("PNG"),
    "webp": lambda: telling_picture("WEBP"),
    "avif": lambda: telling_picture("AVIF"),
    "gif": telling_gif,
    "mp4": told_mp4,
    "mov": lambda: told_film("mov", "libx264", APPLE_PLACE, movflags="use_metadata_tags"),
    "webm": lambda: told_film("webm", "libvpx"),
    "ogg": lambda: told_sound("ogg", "libopus", "flt"),
    "flac": lambda: told_sound("flac", "flac", "s16"),
    "mp3": lambda: told_sound("mp3", "libmp3lame", "s16p"),
}
SILENT = {
    "jpeg": lambda: media.encoded(media.picture(), "JPEG"),
    "png": media.make_png,
    "webp": lambda: media.encoded(media.picture(), "WEBP"),
    "avif": lambda: media.encoded(media.picture(), "AVIF"),
    "gif": lambda: media.encoded(media.picture().convert("P"), "GIF"),
    "mp4": media.make_mp4,
    "webm": media.make_webm,
    "mp3": media.make_mp3,
    "wav": media.make_wav,
    "ogg": media.make_ogg,
    "m4a": media.make_m4a,
    "flac": media.make_flac,
}


def clean(data: bytes, folder) -> bytes:
    path = media.written(folder, data)
    with stripped(path, type_of(path)) as found:
        return found.read_bytes()


def pixels(data: bytes) -> numpy.ndarray:
    with Image.open(io.BytesIO(data)) as image:
        return numpy.asarray(image.convert("RGB"))


def packets(data: bytes) -> list[bytes]:
    with av.open(io.BytesIO(data)) as container:
        return [bytes(packet) for packet in container.demux() if packet.size]


@pytest.mark.parametrize("make", TELLING.values(), ids=TELLING.keys())
def test_nothing_tells_where_it_was_made(tmp_path, make):
    told = make()
    assert [word for word in GPS_WORDS if word in told]
    left = clean(told, tmp_path)
    assert [word for word in GPS_WORDS if word in left] == []
    path = media.written(tmp_path, left)
    describe(path, media_type=type_of(path).media_type)


@pytest.mark.parametrize("name", ["jpeg", "png", "webp", "avif"])
def test_not_a_pixel_changes(tmp_path, name):
    data = TELLING[name]()
    assert numpy.array_equal(pixels(clean(data, tmp_path)), pixels(data))


@pytest.mark.parametrize("name", ["mp4", "mov", "webm", "ogg", "flac", "mp3"])
def test_not_a_frame_changes(tmp_path, name):
    data = TELLING[name]()
    assert packets(clean(data, tmp_path)) == packets(data)


@pytest.mark.parametrize("make", SILENT.values(), ids=SILENT.keys())
def test_a_file_that_tells_nothing_is_left_alone(tmp_path, make):
    data = make()
    assert clean(data, tmp_path) == data


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_taken_sideways_still_knows_which_side_is_up(tmp_path, form):
    left = clean(telling_picture(form, orientation=6), tmp_path)
    with Image.open(io.BytesIO(left)) as image:
        exif = image.getexif()
        assert dict(exif) == {media.ORIENTATION: 6}
        assert not exif.get_ifd(media.GPS)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_what_hangs_behind_a_picture_is_cut_off(tmp_path, form):
    bare = media.encoded(media.picture(200, 100), form)
    assert clean(bare + b"PK\x03\x04 and <html>", tmp_path) == bare


def test_a_colour_profile_stays(tmp_path):
    with_profile = media.encoded(media.picture(), "JPEG", exif=gps(), icc_profile=b"a profile")
    with Image.open(io.BytesIO(clean(with_profile, tmp_path))) as image:
        assert image.info["icc_profile"] == b"a profile"


def test_a_progressive_jpeg_is_read_to_its_end(tmp_path):
    data = media.encoded(media.picture(400, 300), "JPEG", exif=gps(), progressive=True)
    assert numpy.array_equal(pixels(clean(data, tmp_path)), pixels(data))
