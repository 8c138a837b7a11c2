"""Every published file says that a machine made it; the work in it and the original stay as they were."""

import hashlib
import io
import uuid
from datetime import UTC, datetime

import av
import numpy
import pytest
from PIL import Image, ImageCms

from storage_app import keys, placing
from storage_app.amending import marked
from storage_app.decoding import mp4, provenance
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
}
RECORDINGS = {
    "mp4": media.make_mp4,
    "m4a": media.make_m4a,
    "mp3": media.make_mp3,
    "wav": media.make_wav,
}


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
    with Image.open(io.BytesIO(told)) as image:
        assert image.info["xmp"] == provenance.packet(**MADE.told())


@pytest.mark.parametrize("make", RECORDINGS.values(), ids=RECORDINGS.keys())
def test_not_a_frame_changes(tmp_path, make):
    data = make()
    assert packets(mark(data, tmp_path)) == packets(data)


@pytest.mark.parametrize("make", [*PICTURES.values(), *RECORDINGS.values()], ids=[*PICTURES, *RECORDINGS])
def test_what_says_so_already_is_left_alone(tmp_path, make):
    assert mark(mark(make(), tmp_path), tmp_path) is None


def test_a_packet_about_something_else_gives_way(tmp_path):
    other = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'
    for form in ("PNG", "JPEG", "WEBP"):
        told = mark(media.encoded(media.picture(), form, xmp=other), tmp_path)
        with Image.open(io.BytesIO(told)) as image:
            assert image.info["xmp"] == provenance.packet(**MADE.told())


def test_content_credentials_are_never_broken(tmp_path):
    png = media.make_png()
    credentials = png[:33] + (4).to_bytes(4) + b"caBXjumb" + b"\xc5\xcb\x9c\x4d" + png[33:]
    path = media.written(tmp_path, credentials)
    with marked(path, FILE_TYPES["png"], MADE) as found:
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


def test_a_type_without_a_place_for_it_is_left_alone(tmp_path):
    assert mark(media.encoded(media.picture(), "AVIF"), tmp_path) is None
    assert mark(media.make_ogg(), tmp_path) is None


@pytest.fixture
def copy_of(store):
    def duplicated(asset, **making):
        key = keys.published(asset.media_type, uuid.uuid4(), uuid.uuid4(), asset.file.name.rpartition(".")[2])
        return placing.duplicate(asset, asset_id=uuid.uuid4(), key=key, **making)

    return duplicated


@pytest.mark.django_db
def test_the_published_copy_is_marked_and_the_original_is_not(store, content, copy_of):
    data = media.make_png()
    original = store(data, "image")
    copy = copy_of(original, making=MADE)
    assert WORDS[2] in content(copy)
    assert content(original) == data
    assert copy.bytes == len(content(copy))


@pytest.mark.django_db
def test_both_hashes_are_kept(store, content, copy_of):
    data = media.make_mp4()
    copy = copy_of(store(data, "video"))
    assert copy.source_sha256 == hashlib.sha256(data).hexdigest()
    assert copy.sha256 == hashlib.sha256(content(copy)).hexdigest()


@pytest.mark.django_db
def test_a_copy_that_needs_no_mark_has_one_hash(store, content, copy_of, tmp_path):
    data = mark(media.make_png(), tmp_path)
    copy = copy_of(store(data, "image"))
    assert (content(copy), copy.source_sha256) == (data, "")


@pytest.mark.django_db
def test_a_work_remembers_what_made_it_for_its_copies(store, copy_of, content):
    original = store(media.make_png(), "image")
    original.made_with, original.made_at = MADE.model, MADE.made_at
    original.save()
    copy = copy_of(original)
    assert (copy.made_with, copy.made_at) == (MADE.model, MADE.made_at)
    assert WORDS[3] in content(copy)
