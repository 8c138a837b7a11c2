"""A file is what its bytes decode to, or it is refused."""

import hashlib

import pytest
from PIL import Image, ImageCms

from storage_app.errors import Unreadable, WrongKind
from storage_app.probing import describe
from storage_app.tests import media


@pytest.fixture
def probed(tmp_path):
    def facts_of(data: bytes, media_type: str):
        return describe(media.written(tmp_path, data), media_type=media_type)

    return facts_of


def test_a_picture_is_described(probed):
    data = media.make_png(640, 400)
    facts = probed(data, "image")
    assert (facts.content_type, facts.ext, facts.width, facts.height) == ("image/png", "png", 640, 400)
    assert (facts.bytes, facts.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert facts.duration_ms is facts.peaks is None


def test_the_placeholder_colour_is_the_average(probed):
    striped = Image.new("RGB", (64, 64), (200, 100, 0))
    striped.paste((100, 0, 100), (0, 0, 32, 64))
    assert probed(media.encoded(striped, "PNG"), "image").colour == "#963232"


def test_the_placeholder_is_a_tiny_picture_of_its_own(probed):
    placeholder = probed(media.make_png(640, 400), "image").placeholder
    assert placeholder.startswith("data:image/webp;base64,")
    assert len(placeholder) < 300


def test_a_photograph_taken_sideways_is_measured_upright(probed):
    facts = probed(media.make_jpeg_with_gps(640, 400, orientation=6), "image")
    assert (facts.width, facts.height) == (400, 640)


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "AVIF", "GIF"])
def test_other_picture_types_are_read(probed, form):
    facts = probed(media.encoded(media.picture(96, 64), form), "image")
    assert (facts.width, facts.height) == (96, 64)


def test_a_picture_of_sixteen_bits_is_read(probed):
    deep = Image.new("I;16", (64, 64), 0x8000)
    assert probed(media.encoded(deep, "PNG"), "image").colour == "#808080"


def test_a_see_through_picture_is_seen_against_the_wall(probed):
    assert (
        probed(media.encoded(Image.new("RGBA", (64, 64), (0, 0, 0, 0)), "PNG"), "image").colour == "#eeeeeb"
    )


def test_a_broken_colour_profile_does_not_spoil_a_picture(probed):
    data = media.encoded(media.picture(64, 64), "JPEG", icc_profile=b"not a profile")
    assert probed(data, "image").width == 64


def test_a_colour_profile_is_applied(probed):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = media.encoded(Image.new("RGB", (64, 64), (10, 200, 30)), "PNG", icc_profile=profile)
    assert probed(data, "image").colour == "#0ac81e"


def test_a_film_is_described(probed):
    facts = probed(media.make_mp4(2.0, width=320, height=180), "video")
    assert (facts.content_type, facts.width, facts.height) == ("video/mp4", 320, 180)
    assert 1950 <= facts.duration_ms <= 2050
    assert facts.colour.startswith("#")
    assert facts.placeholder


def test_a_film_that_begins_in_the_dark_is_known_by_its_first_telling_frame(probed):
    facts = probed(media.make_mp4(2.0, dark_seconds=1.0), "video")
    assert facts.colour != "#000000"


def test_a_film_that_is_dark_throughout_is_still_a_film(probed):
    assert probed(media.make_mp4(1.0, dark_seconds=1.0), "video").colour == "#000000"


def test_a_film_taken_sideways_is_measured_upright(probed):
    facts = probed(media.turned(media.make_mp4(0.5, width=320, height=180)), "video")
    assert (facts.width, facts.height) == (180, 320)


def test_webm_is_read(probed):
    assert probed(media.make_webm(1.0), "video").content_type == "video/webm"


@pytest.mark.parametrize(
    "make, content_type",
    [
        (media.make_mp3, "audio/mpeg"),
        (media.make_wav, "audio/wav"),
        (media.make_ogg, "audio/ogg"),
        (media.make_m4a, "audio/mp4"),
        (media.make_flac, "audio/flac"),
    ],
)
def test_a_sound_is_described(probed, make, content_type):
    facts = probed(make(2.0), "audio")
    assert facts.content_type == content_type
    assert 1950 <= facts.duration_ms <= 2080
    assert facts.width is facts.height is None


def test_the_peaks_of_a_swelling_tone_rise_to_a_hundred(probed):
    peaks = probed(media.make_wav(2.0), "audio").peaks
    assert len(peaks) == 200
    assert max(peaks) == 100
    assert peaks[20] < peaks[100] < peaks[190]


def test_silence_has_peaks_of_nothing(probed):
    tone = media.make_wav(1.0)
    head = tone[: tone.index(b"data") + 8]
    assert probed(head + bytes(len(tone) - len(head)), "audio").peaks == [0] * 200


def test_a_sound_in_a_film_container_is_a_sound(probed):
    data = media.make_m4a(1.0)
    renamed = data.replace(b"M4A ", b"isom")
    assert probed(renamed, "audio").ext == "m4a"


@pytest.mark.parametrize(
    "data, media_type",
    [
        (media.make_png(32, 32), "video"),
        (media.make_png(32, 32), "audio"),
        (media.make_mp3(0.5), "image"),
        (media.make_wav(0.5), "video"),
        (media.make_webm(0.5), "audio"),
    ],
    ids=["picture as film", "picture as sound", "sound as picture", "sound as film", "film as sound"],
)
def test_another_kind_of_file_is_refused(probed, data, media_type):
    with pytest.raises(WrongKind):
        probed(data, media_type)


def test_a_film_is_not_taken_for_a_sound(probed):
    with pytest.raises(Unreadable):
        probed(media.make_mp4(0.5), "audio")


def test_a_sound_in_a_film_container_is_not_taken_for_a_film(probed):
    with pytest.raises(Unreadable):
        probed(media.make_m4a(0.5).replace(b"M4A ", b"isom"), "video")
