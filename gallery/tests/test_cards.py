import pytest

from gallery import cards
from gallery.tests.factories import add_renditions, make_asset, make_item


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (1000, 1000, ("100", False)),
        (1536, 2048, ("075", False)),
        (2048, 1536, ("133", False)),
        (1024, 1536, ("067", False)),
        (720, 1280, ("056", False)),
        (1920, 1080, ("178", False)),
        (2520, 1080, ("233", False)),
        (1000, 500, ("200", False)),
        (1000, 970, ("105", True)),
        (3000, 1000, ("250", True)),
        (300, 1000, ("050", True)),
        (None, None, ("133", False)),
    ],
)
def test_a_picture_gets_the_nearest_ratio_and_a_mat_when_it_is_not_near(width, height, expected):
    assert cards.ratio_class(width, height) == expected


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        ("#ff0000", "p-0"),
        ("#ff8000", "p-1"),
        ("#00ff00", "p-4"),
        ("#0000ff", "p-8"),
        ("#ff0011", "p-0"),
        ("#808080", "p-n"),
        ("#7a7f82", "p-n"),
        ("", "p-n"),
    ],
)
def test_the_placeholder_is_the_hue_of_the_picture(colour, expected):
    assert cards.colour_class(colour) == expected


def test_a_sound_is_drawn_as_48_strokes_of_its_loudest_moments():
    path = cards.bars([0] * 100 + [100] * 100)
    assert path.count("v") == 48
    assert path.startswith("M3 33v6m6-6v6")
    assert path.endswith("v66")


def test_a_picture_has_no_strokes():
    assert cards.bars(None) is None


@pytest.mark.django_db
def test_the_card_of_an_image_names_all_that_a_list_needs():
    item = make_item(asset={"width": 1000, "height": 750, "colour": "#3a6b5c"})
    assert cards.document(item) == {
        "id": str(item.media_id),
        "w": 1000,
        "h": 750,
        "ratio": "133",
        "mat": False,
        "colour": "p-5",
        "widths": {"avif": [320, 640, 960], "webp": [320, 640, 960]},
        "original": item.media.file.name,
        "poster": False,
        "preview": False,
        "peaks": None,
        "duration_ms": None,
    }


@pytest.mark.django_db
def test_the_card_of_a_video_knows_its_poster_and_length():
    card = make_item(media_type="video").card
    assert card["poster"]
    assert card["duration_ms"] == 5000


@pytest.mark.django_db
def test_the_card_of_a_sound_has_its_drawn_picture_and_strokes():
    card = make_item(media_type="audio").card
    assert card["widths"] == {"webp": [640]}
    assert card["peaks"].startswith("M3 ")


@pytest.mark.django_db
def test_new_renditions_are_written_into_the_card():
    item = make_item(rendered=False)
    assert item.card["widths"] == {}
    add_renditions(item.media)
    before = item.updated_at
    assert cards.refresh(item.media)
    item.refresh_from_db()
    assert item.card["widths"]["webp"] == [320, 640, 960, 1280]
    assert item.updated_at == before


@pytest.mark.django_db
def test_an_asset_of_no_item_has_no_card():
    assert not cards.refresh(make_asset())


CARD = {"id": "abc", "widths": {"webp": [320, 640]}}


@pytest.mark.parametrize(
    ("card", "width", "key"),
    [
        (CARD, 640, "images/thumbnails/640/abc.webp"),
        (CARD, 1280, "images/thumbnails/640/abc.webp"),
        (CARD, 500, "images/thumbnails/320/abc.webp"),
        (CARD, 100, "images/thumbnails/320/abc.webp"),
        ({"id": "abc", "widths": {}}, 640, None),
        ({}, 640, None),
    ],
)
def test_a_thumbnail_is_found_without_asking_rows(card, width, key):
    assert cards.thumbnail_key(card, width=width) == key
