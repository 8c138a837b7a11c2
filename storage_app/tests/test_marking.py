"""Every published file says that a machine made it; the work in it and the original stay as they were."""

import io
from datetime import UTC, datetime

import av
import numpy
import pytest
from PIL import Image, ImageCms

from storage_app.amending import marked
from storage_app.decoding import mp4, provenance
from storage_app.decoding.png import chunk
from storage_app.file_types import FILE_TYPES
from storage_app.probing import describe, type_of
from storage_app.provenance import Making
from storage_app.tests import media
from storage_app.tests.test_stripping import packets, pixels

MADE = Making("Nano Banana Pro", datetime(2026, 11, 24, 9, 30, tzinfo=UTC))
WORDS = (
    b"http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
    b'CreatorTool="SmartSpec"',
    b'AISystemUsed="Nano Banana Pro"',
    b'CreateDate="2026-11-24T09:30:00+00:00"',
)
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
PICTURES = {
    "png": media.make_png,
    "jpeg": lambda: media.encoded(media.picture(), "JPEG"),
    "webp": lambda: media.encoded(media.picture(), "WEBP"),
    "lossless webp": lambda: media.encoded(media.picture(), "WEBP", lossless=True),
    "see-through webp": lambda: media.encoded(media.picture().convert("RGBA"), "WEBP", lossless=True),
    "large webp": lambda: media.encoded(media.picture(), "WEBP", icc_profile=SRGB),
    "avif": lambda: media.encoded(media.picture(), "AVIF"),
    "see-through avif": lambda: media.make_see_through("AVIF"),
    "avif with a profile": lambda: media.encoded(
        media.picture(), "AVIF", exif=Image.Exif(), icc_profile=SRGB
    ),
    "animated avif": lambda: media.make_animation(form="AVIF"),
    "see-through animated avif": lambda: media.make_animation(form="AVIF", mode="RGBA"),
    "gif": lambda: media.encoded(media.picture(), "GIF"),
    "animated gif": media.make_animation,
}
RECORDINGS = {
    "mp4": media.make_mp4,
    "mov": lambda: media.make_mp4(form="mov"),
    "m4a": media.make_m4a,
    "mp3": media.make_mp3,
    "wav": media.make_wav,
    "endless wav": media.make_endless_wav,
}
SPEAKING_IN_PAIRS = {
    "webm": media.make_webm,
    "opus": media.make_ogg,
    "vorbis": media.make_vorbis,
    "flac": media.make_flac,
    "flac in ogg": media.make_ogg_flac,
}
PAIRS = {
    "DIGITALSOURCETYPE": "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
    "AISYSTEMUSED": "Nano Banana Pro",
    "CREATORTOOL": "SmartSpec",
    "CREATEDATE": "2026-11-24T09:30:00+00:00",
}
EVERY_TYPE = PICTURES | RECORDINGS | SPEAKING_IN_PAIRS


def mark(data: bytes, folder, making: Making = MADE) -> bytes | None:
    path = media.written(folder, data)
    with marked(path, type_of(path), making) as found:
        return found and found.read_bytes()


@pytest.mark.parametrize("make", [*PICTURES.values(), *RECORDINGS.values()], ids=[*PICTURES, *RECORDINGS])
def test_a_file_says_what_made_it_when_and_how(tmp_path, make):
    told = mark(make(), tmp_path)
    assert [told.count(word) for word in WORDS] == [1, 1, 1, 1]
    path = media.written(tmp_path, told)
    assert describe(path, media_type=type_of(path).media_type).bytes == len(told)


@pytest.mark.parametrize("make", PICTURES.values(), ids=PICTURES.keys())
def test_not_a_pixel_changes(tmp_path, make):
    data = make()
    told = mark(data, tmp_path)
    assert numpy.array_equal(pixels(told), pixels(data))


@pytest.mark.parametrize("name", [name for name in PICTURES if "gif" not in name])
def test_those_who_open_a_picture_find_the_packet(tmp_path, name):
    with Image.open(io.BytesIO(mark(PICTURES[name](), tmp_path))) as image:
        assert image.info["xmp"] == provenance.packet(**MADE.told())


MOVING = RECORDINGS | SPEAKING_IN_PAIRS


@pytest.mark.parametrize("make", MOVING.values(), ids=MOVING.keys())
def test_not_a_frame_changes(tmp_path, make):
    data = make()
    assert packets(mark(data, tmp_path)) == packets(data)


@pytest.mark.parametrize("make", SPEAKING_IN_PAIRS.values(), ids=SPEAKING_IN_PAIRS.keys())
def test_where_words_come_in_pairs_it_is_said_in_pairs(tmp_path, make):
    told = mark(make(), tmp_path)
    with av.open(io.BytesIO(told)) as container:
        words = container.metadata | container.streams[0].metadata
    assert {name: value for name, value in words.items() if name in PAIRS} == PAIRS
    path = media.written(tmp_path, told)
    assert describe(path, media_type=type_of(path).media_type).bytes == len(told)


@pytest.mark.parametrize("name", ["animated gif", "animated avif", "see-through animated avif"])
def test_an_animation_keeps_every_picture_its_time_and_goes_on_for_ever(tmp_path, name):
    data = PICTURES[name]()
    assert shown(mark(data, tmp_path)) == shown(data)


def shown(animation: bytes) -> list[tuple]:
    with Image.open(io.BytesIO(animation)) as opened:
        seen = [(opened.n_frames, opened.info.get("loop"))]
        for number in range(opened.n_frames):
            opened.seek(number)
            points = opened.convert("RGBA").tobytes()
            seen.append((opened.info["duration"], points))  # the time is known once it is decoded
    return seen


def test_a_gif_of_the_elder_kind_becomes_one_that_may_speak(tmp_path):
    elder = b"GIF87a" + media.encoded(media.picture(), "GIF")[6:]
    assert mark(elder, tmp_path).startswith(b"GIF89a")


def test_a_flac_without_a_word_gets_the_first(tmp_path):
    data = media.make_flac()
    facts = data[8:42]  # behind the name of the format and the head of the first block
    bare = b"fLaC\x80\x00\x00\x22" + facts + data[data.index(b"\xff\xf8") :]
    told = mark(bare, tmp_path)
    assert packets(told) == packets(bare)
    with av.open(io.BytesIO(told)) as container:
        assert container.metadata["AISYSTEMUSED"] == "Nano Banana Pro"


def test_words_that_need_no_further_page_leave_every_page_of_the_sound_alone(tmp_path):
    data = media.make_vorbis()
    told = mark(data, tmp_path)
    assert told.count(b"OggS") == data.count(b"OggS")
    assert told.endswith(data[data.index(b"OggS", 5000) :])


@pytest.mark.parametrize("make", EVERY_TYPE.values(), ids=EVERY_TYPE.keys())
def test_what_says_so_already_is_left_alone(tmp_path, make):
    assert mark(mark(make(), tmp_path), tmp_path) is None


def test_a_packet_about_something_else_gives_way(tmp_path):
    other = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'
    for form in ("PNG", "JPEG", "WEBP"):
        told = mark(media.encoded(media.picture(), form, xmp=other), tmp_path)
        with Image.open(io.BytesIO(told)) as image:
            assert image.info["xmp"] == provenance.packet(**MADE.told())


def png_with_credentials() -> bytes:
    png = media.make_png()
    return png[:33] + chunk(b"caBX", b"jumb") + png[33:]


def jpeg_with_credentials() -> bytes:
    box = b"JP\x00\x01\x00\x00\x00\x01jumbc2pa"
    return media.encoded(media.picture(), "JPEG").replace(
        b"\xff\xd8", b"\xff\xd8\xff\xeb" + (len(box) + 2).to_bytes(2) + box, 1
    )


def webp_with_credentials() -> bytes:
    webp = media.encoded(media.picture(), "WEBP", icc_profile=SRGB) + b"C2PA\x04\x00\x00\x00jumb"
    return webp[:4] + (len(webp) - 8).to_bytes(4, "little") + webp[8:]


def gif_with_credentials() -> bytes:
    gif = media.encoded(media.picture(), "GIF")
    return gif[:-1] + b"!\xff\x0bC2PA_GIF\x01\x00\x00\x04jumb\x00;"


def boxed_with_credentials(data: bytes) -> bytes:
    return data + (28).to_bytes(4) + b"uuid" + mp4.CREDENTIALS + b"jumb"


def mp3_with_credentials() -> bytes:
    frame = b"GEOB" + (12).to_bytes(4) + bytes(2) + b"\0application/c2pa"[:12]
    tag = b"ID3\x03\x00\x00" + (len(frame)).to_bytes(4) + frame
    return tag.replace(b"applicatio", b"c2pa\0jumbf") + media.make_mp3()[45:]


CREDENTIALS = {
    "png": png_with_credentials,
    "jpg": jpeg_with_credentials,
    "webp": webp_with_credentials,
    "gif": gif_with_credentials,
    "avif": lambda: boxed_with_credentials(PICTURES["avif"]()),
    "mp4": lambda: boxed_with_credentials(media.make_mp4()),
    "mp3": mp3_with_credentials,
}


@pytest.mark.parametrize("ext", CREDENTIALS)
def test_content_credentials_are_never_broken(tmp_path, ext):
    path = media.written(tmp_path, CREDENTIALS[ext]())
    with marked(path, FILE_TYPES[ext], MADE) as found:
        assert found is None


def test_a_film_still_starts_at_once(tmp_path):
    fast = _fast_start(tmp_path)
    told = mark(fast, tmp_path)
    order = [box.name for box in mp4.boxes(told)]
    assert order.index(b"moov") < order.index(b"mdat")
    assert order[-1] == b"uuid"
    assert told[: len(fast)] == fast


def _fast_start(folder) -> bytes:
    """A film whose index lies before its frames, and whose frames go on to the end of the file."""
    with av.open(str(folder / "fast.mp4"), "w", options={"movflags": "+faststart"}) as out:
        media._paint(out, media._film(out, "libx264", 160, 90), 1.0, 0.0)
    return (folder / "fast.mp4").read_bytes()


def test_a_film_whose_frames_end_with_the_file_gets_an_end(tmp_path):
    open_ended = bytearray(_fast_start(tmp_path))
    last = list(mp4.boxes(bytes(open_ended)))[-1]
    assert last.name == b"mdat"
    open_ended[last.start : last.start + 4] = bytes(4)
    told = mark(bytes(open_ended), tmp_path)
    assert [box.name for box in mp4.boxes(told)][-1] == b"uuid"
    assert packets(told) == packets(_fast_start(tmp_path))


@pytest.mark.parametrize("version", [3, 4])
def test_a_sound_keeps_its_title(tmp_path, version):
    title = b"\x00A song"
    frame = b"TIT2" + len(title).to_bytes(4) + bytes(2) + title
    tag = b"ID3" + bytes([version, 0, 0]) + len(frame).to_bytes(4) + frame
    told = mark(tag + media.make_mp3()[45:], tmp_path)
    assert b"A song" in told
    assert WORDS[0] in told


def test_a_tag_that_cannot_be_added_to_is_replaced(tmp_path):
    old = b"ID3\x02\x00\x00\x00\x00\x00\x0a" + bytes(10)
    told = mark(old + media.make_mp3(), tmp_path)
    assert told.startswith(b"ID3\x04\x00\x00")
    assert WORDS[0] in told


def test_a_work_made_from_pictures_says_so(tmp_path):
    told = mark(media.make_png(), tmp_path, Making("A model", MADE.made_at, is_composite=True))
    assert b"/compositeWithTrainedAlgorithmicMedia" in told


def test_the_name_of_a_model_cannot_break_out_of_its_place(tmp_path):
    packet = provenance.packet(model='"/><script>&' + "x" * 200, made_at="2026-11-24T09:30:00+00:00")
    assert b"<script>" not in packet
    assert len(packet) <= 500
