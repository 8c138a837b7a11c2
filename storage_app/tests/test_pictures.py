"""What is inside the pictures that we make: the work, a word about its making, and nothing else."""

import io

import pytest
from PIL import Image, ImageCms

from storage_app import renditions
from storage_app.tests import media

pytestmark = pytest.mark.django_db
MADE_BY_AI = b"http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.fixture
def rendered(store, content):
    """rendered(data, media_type) -> {(role, format, width): bytes}"""

    def all_of(data: bytes, media_type: str = "image") -> dict:
        asset = store(data, media_type)
        renditions.render_all(asset)
        return {(made.role, made.format, made.width): content(made) for made in asset.renditions.all()}

    return all_of


def test_every_file_we_make_says_that_a_machine_made_it(rendered):
    made = rendered(media.make_png(400, 300)) | rendered(media.make_mp4(0.5), "video")
    assert {form for _, form, _ in made} == {"avif", "webp", "jpg", "mp4"}
    for data in made.values():
        assert data.count(MADE_BY_AI) == 1


def test_the_word_about_its_making_is_short(rendered):
    packet = opened(rendered(media.make_png(300, 200))["thumbnail", "webp", 300]).info["xmp"]
    assert len(packet) <= 500


def test_place_camera_and_comments_stay_behind(rendered):
    for data in rendered(media.make_jpeg_with_gps(400, 300)).values():
        assert not opened(data).getexif()
        assert b"Camera of somebody" not in data
        assert b"<script>" not in data


def test_a_photograph_taken_sideways_is_shown_upright(rendered):
    thumbnail = opened(rendered(media.make_jpeg_with_gps(400, 300, orientation=6))["thumbnail", "webp", 300])
    assert thumbnail.size == (300, 400)


def test_no_colour_profile_is_needed_to_see_it_right(rendered):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for data in rendered(media.encoded(media.picture(300, 200), "PNG", icc_profile=profile)).values():
        assert "icc_profile" not in opened(data).info


def test_see_through_places_stay_see_through_in_thumbnails(rendered):
    ghost = Image.new("RGBA", (200, 200), (255, 0, 0, 0))
    ghost.paste((0, 0, 255, 255), (50, 50, 150, 150))
    made = rendered(media.encoded(ghost, "PNG"))
    thumbnail = opened(made["thumbnail", "webp", 200]).convert("RGBA")
    assert thumbnail.getpixel((5, 5))[3] == 0
    assert thumbnail.getpixel((100, 100))[3] == 255


def test_the_social_card_shows_the_whole_picture(rendered):
    tall = Image.new("RGB", (300, 900), (200, 30, 30))
    tall.paste((30, 30, 200), (0, 0, 300, 60))
    card = opened(rendered(media.encoded(tall, "PNG"))["social", "jpg", 1200])
    assert card.size == (1200, 630)
    assert card.getpixel((600, 10))[2] > 150  # the blue rim at the top
    assert card.getpixel((600, 600))[0] > 150  # and the red foot
    assert card.getpixel((10, 300))[0] > 100  # on a ground of its own colour


def test_the_social_card_of_a_film_carries_the_sign_of_a_film(rendered):
    card = opened(rendered(media.make_mp4(0.5), "video")["social", "jpg", 1200])
    left = (1200 - round(630 * 320 / 180)) // 2
    assert min(card.getpixel((left + 6, 624))) > 240  # paper
    assert max(card.getpixel((left + 50, 576))) < 60  # ink


def test_the_card_of_a_sound_is_ink_on_the_wall(rendered):
    card = opened(rendered(media.make_wav(1.0), "audio")["card", "webp", 640]).convert("RGB")
    assert card.size == (640, 480)
    assert min(card.getpixel((5, 5))) > 230
    darkness = [sum(255 - card.getpixel((x, y))[0] for y in range(0, 480, 4)) for x in range(640)]
    assert sum(darkness[480:580]) > 2 * sum(darkness[60:160])  # the tone swells


def test_thumbnails_hold_their_picture(rendered):
    made = rendered(media.make_png(1300, 700))
    original = media.picture(1300, 700)
    for (role, _, width), data in made.items():
        if role == "thumbnail":
            shown = opened(data).convert("RGB")
            assert shown.size == (width, round(700 * width / 1300))
            for place in ((0.2, 0.2), (0.5, 0.8), (0.9, 0.5)):
                here = shown.resize((26, 14)).getpixel((int(place[0] * 26), int(place[1] * 14)))
                there = original.resize((26, 14)).getpixel((int(place[0] * 26), int(place[1] * 14)))
                assert all(abs(a - b) < 14 for a, b in zip(here, there, strict=True))
