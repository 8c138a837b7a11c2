"""AVIF of every layout: what lists it has lead to the word, and everything else is still found."""

import io

import numpy
import pytest
from PIL import Image

from storage_app.decoding import mp4, provenance
from storage_app.decoding.items import boxed, listing, words_in
from storage_app.tests import media
from storage_app.tests.test_exiftool import read
from storage_app.tests.test_marking import MADE, WORDS, mark, shown
from storage_app.tests.test_stripping import packets, pixels

OTHER = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">of somebody else</x:xmpmeta>'
PACKET = provenance.packet(**MADE.told())


def still(**options) -> bytes:
    return media.encoded(media.picture(), "AVIF", **options)


def animation(**options) -> bytes:
    first, *others = (media.picture(120, 90, seed=number + 1) for number in range(4))
    return media.encoded(first, "AVIF", save_all=True, append_images=others, duration=50, **options)


def index_alone() -> bytes:
    """A sequence that is nothing but a track: the list of the file is empty space."""
    data = media.make_animation(form="AVIF")
    return data.replace(b"meta", b"free", 1)


def lists_of(data: bytes) -> list[mp4.Box]:
    """The list of the file and that of its track."""
    found = []
    for box in mp4.boxes(data):
        if box.name == b"meta":
            found.append(box)
        if box.name == b"moov":
            tracks = [one for one in mp4.boxes(data, box.body, box.end) if one.name == b"trak"]
            inside = [one for track in tracks for one in mp4.boxes(data, track.body, track.end)]
            found += [one for one in inside if one.name == b"meta"]
    return found


def said_in(data: bytes, box: mp4.Box) -> bytes:
    item = words_in(data, listing(data, box))
    [(offset, length)] = item.extents
    return data[offset.value : offset.value + length.value]


def test_an_animation_says_so_in_the_list_of_the_file_and_in_that_of_its_track(tmp_path):
    told = mark(media.make_animation(form="AVIF"), tmp_path)
    assert [said_in(told, box) for box in lists_of(told)] == [PACKET, PACKET]
    assert told.count(PACKET) == 1


@pytest.mark.parametrize("make", [still, animation])
def test_words_about_something_else_give_way(tmp_path, make):
    data = make(xmp=OTHER)
    told = mark(data, tmp_path)
    assert {said_in(told, box) for box in lists_of(told)} == {PACKET}
    assert b"somebody else" not in told
    assert shown_or_pixels(told) == shown_or_pixels(data)


def shown_or_pixels(data: bytes) -> list:
    with Image.open(io.BytesIO(data)) as opened:
        return shown(data) if opened.n_frames > 1 else [pixels(data).tobytes()]


@pytest.mark.parametrize("make", [still, animation])
def test_a_camera_that_is_named_stays_named(tmp_path, make):
    exif = Image.Exif()
    exif[0x010F] = "Camera of somebody"
    with Image.open(io.BytesIO(mark(make(exif=exif), tmp_path))) as opened:
        assert opened.getexif()[0x010F] == "Camera of somebody"
        assert opened.info["xmp"] == PACKET


def test_a_sequence_without_a_list_is_told_at_its_end(tmp_path):
    data = index_alone()
    told = mark(data, tmp_path)
    assert told == data + boxed(b"uuid", mp4.XMP + PACKET)
    assert packets(told) == packets(data)
    assert read(told, tmp_path)["XMP:CreatorTool"] == "SmartSpec"


def test_a_list_of_an_unknown_kind_is_left_alone(tmp_path):
    """The box at the end of the file says it instead, and not a byte before it changes."""
    data = bytearray(media.make_animation(form="AVIF"))
    data[data.index(b"iloc") + 4] = 3
    told = mark(bytes(data), tmp_path)
    assert told == bytes(data) + boxed(b"uuid", mp4.XMP + PACKET)


def test_a_sequence_that_says_so_at_its_end_is_left_alone(tmp_path):
    assert mark(mark(index_alone(), tmp_path), tmp_path) is None


@pytest.mark.parametrize(
    "make, ext",
    [(media.make_mp4, "mp4"), (media.make_m4a, "m4a"), (still, "avif"), (animation, "avif")],
)
def test_what_hangs_behind_a_file_does_not_hide_the_word(tmp_path, make, ext):
    rubbish = b"junk and more of it"
    told = mark(make() + rubbish, tmp_path)
    assert told.endswith(rubbish)
    assert mark(told.removesuffix(rubbish), tmp_path) is None
    assert WORDS[0] in told


def test_pictures_that_lie_before_their_lists_stay_where_they_are(tmp_path):
    """The order of the boxes is free: what lies before the change has not moved."""
    data = moved_to_the_front(still())
    told = mark(data, tmp_path)
    assert numpy.array_equal(pixels(told), pixels(data))
    with Image.open(io.BytesIO(told)) as opened:
        assert opened.info["xmp"] == PACKET


def moved_to_the_front(avif: bytes) -> bytes:
    """ftyp, mdat, meta: with the place of the pixels put right."""
    kind, whole, pixels_of = mp4.boxes(avif)
    lists = bytearray(avif[whole.start : whole.end])
    for item in listing(avif, whole).table.items:
        [(offset, _length)] = item.extents
        at = offset.at - whole.start
        lists[at : at + offset.size] = (offset.value - len(lists)).to_bytes(offset.size)
    return avif[: kind.end] + avif[pixels_of.start : pixels_of.end] + bytes(lists)
