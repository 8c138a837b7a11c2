"""Pictures: determinism, sizes, and words that show."""

import hashlib
from fractions import Fraction

import numpy as np
import pytest
from PIL import Image

from generation.sandbox.painting.brief import understand
from generation.sandbox.painting.paint import SCENES, STYLES, still
from generation.sandbox.painting.sizes import as_fraction, film_size, still_size
from generation.sandbox.painting.words import read

SMALL = (160, 96)


def digest(prompt: str, size=SMALL, **options) -> str:
    return hashlib.sha256(still(understand(prompt, **options), *size).tobytes()).hexdigest()


def light(prompt: str, **options) -> float:
    return float(np.asarray(still(understand(prompt, **options), *SMALL), np.float32).mean())


def test_the_same_prompt_and_seed_give_the_same_bytes():
    assert digest("misty mountains at dawn", seed=3) == digest("misty mountains at dawn", seed=3)


@pytest.mark.parametrize("other", [{"seed": 4}, {"seed": 3, "model": "z-image"}])
def test_another_seed_or_model_gives_another_picture(other):
    assert digest("misty mountains at dawn", seed=3) != digest("misty mountains at dawn", **other)


def test_two_prompts_give_visibly_different_pictures():
    first = np.asarray(still(understand("the sea at night"), *SMALL), np.float32)
    second = np.asarray(still(understand("a golden temple at dawn"), *SMALL), np.float32)
    assert np.abs(first - second).mean() > 30


@pytest.mark.parametrize("scene", sorted(SCENES))
def test_every_scene_fills_its_canvas_with_many_tones(scene):
    brief = understand(f"{scene} number one")
    for size in ((160, 96), (96, 160), (224, 96)):
        picture = still(brief, *size)
        assert picture.size == size
        assert np.asarray(picture).std() > 12


def test_every_scene_has_a_word_that_calls_it():
    assert {read(scene.replace("_", " ")).scene for scene in SCENES} == set(SCENES)


@pytest.mark.parametrize("style", sorted(STYLES))
def test_every_style_changes_the_picture(style):
    plain = still(understand("temple at dusk"), *SMALL)
    styled = still(understand(f"temple at dusk, {style}"), *SMALL)
    assert styled.size == plain.size
    assert styled.tobytes() != plain.tobytes()


THAI = [
    ("ภูเขาในหมอก", "mountains"),
    ("ทะเลยามพระอาทิตย์ตก", "sea"),
    ("เมืองในเวลากลางคืน", "city"),
    ("ดอกบัวในสระ", "lotus"),
    ("วัดและเจดีย์", "temple"),
    ("ป่ายามเช้า", "forest"),
    ("ผ้าไหมสีคราม", "silk"),
    ("ทะเลทราย", "dunes"),
    ("โคมลอยยี่เป็ง", "lanterns"),
    ("นาขั้นบันได", "terraces"),
    ("ลายกระหนกสีทอง", "kranok"),
    ("ถนนในสายฝน", "street"),
    ("ผลไม้ในชาม", "still_life"),
]


@pytest.mark.parametrize(("prompt", "scene"), THAI)
def test_a_thai_prompt_finds_its_scene(prompt, scene):
    assert read(prompt).scene == scene


@pytest.mark.parametrize(
    ("prompt", "field", "values"),
    [
        ("ทะเล กลางคืน ดวงดาว", "times", ("night",)),
        ("พระอาทิตย์ตก", "times", ("sunset",)),
        ("ฝนตกในเมือง", "weather", ("rain",)),
        ("หมอก", "weather", ("mist",)),
        ("ผ้าไหมสีคราม", "colours", ("indigo",)),
        ("วัดสีทอง", "colours", ("gold",)),
        ("misty valley", "weather", ("mist",)),
        ("a teal and gold plate", "colours", ("teal", "gold")),
    ],
)
def test_time_weather_and_colour_are_read(prompt, field, values):
    assert getattr(read(prompt), field) == values


def test_words_inside_other_words_are_not_read():
    assert read("many showers of praise").scene is None
    assert read("ผ้าทองคำ").style is None


def test_night_is_darker_than_day():
    assert light("the sea at night") < light("the sea at noon") - 40


def test_a_named_colour_shows():
    red = np.asarray(still(understand("red mountains"), *SMALL), np.float32).mean(axis=(0, 1))
    blue = np.asarray(still(understand("indigo mountains"), *SMALL), np.float32).mean(axis=(0, 1))
    assert red[0] > red[2] + 25
    assert blue[2] > blue[0] + 25


@pytest.mark.parametrize(
    ("ratio", "resolution", "size"),
    [
        ("1:1", "1K", (1024, 1024)),
        ("16:9", "1K", (1376, 774)),
        ("9:16", "2K", (1530, 2720)),
        ("21:9", "1K", (1568, 672)),
        ("4:5", "1K", (912, 1140)),
        ("1:1", "4K", (4096, 4096)),
    ],
)
def test_a_ratio_is_kept_to_the_pixel(ratio, resolution, size):
    assert still_size(as_fraction(ratio), resolution) == size
    assert Fraction(*size) == as_fraction(ratio)


@pytest.mark.parametrize(
    ("ratio", "short", "size"),
    [
        ("16:9", 720, (1280, 720)),
        ("9:16", 1080, (1080, 1920)),
        ("1:1", 480, (480, 480)),
        ("16:9", 480, (854, 480)),
    ],
)
def test_films_have_the_usual_sizes(ratio, short, size):
    assert film_size(as_fraction(ratio), short) == size


def test_a_large_picture_is_enlarged_to_the_exact_size():
    picture = still(understand("indigo silk"), 1536, 1536)
    assert picture.size == (1536, 1536)
    assert isinstance(picture, Image.Image)
