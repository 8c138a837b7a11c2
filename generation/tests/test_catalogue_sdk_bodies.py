"""The earlier SDKs send their whole form to every model; each of these exact bodies must go on working."""

import pytest

from generation import catalogue
from smartspec.lib.errors import InvalidInput

IMAGE_FORM = {
    "prompt": "A lotus pond",
    "aspect_ratio": "1:1",
    "resolution": "2K",
    "output_format": "png",
    "reference_images": [],
}
VIDEO_FORM = {
    "prompt": "A lotus pond",
    "duration": 5,
    "resolution": "720p",
    "multi_shots": False,
    "reference_image": None,
}
AUDIO_FORM = {
    "text": "A lotus pond",
    "voice": "Rachel",
    "stability": 0.5,
    "similarity_boost": 0.75,
    "speed": 1.0,
}
WITH_FACE = {"reference_image": "uploads/face.png"}
WITH_VOICE = {"reference_audio": "uploads/voice.mp3"}

# model, form, what the caller filled in beside it, the options that are left of it
TABLE = [
    ("nano-banana-pro", IMAGE_FORM, {}, {"aspect_ratio": "1:1", "resolution": "2K", "output_format": "png"}),
    ("z-image", IMAGE_FORM, {}, {"aspect_ratio": "1:1"}),
    ("seedream-4-5", IMAGE_FORM, {}, {"aspect_ratio": "1:1", "resolution": "2K"}),
    ("flux-2", IMAGE_FORM, {}, {"aspect_ratio": "1:1", "resolution": "2K"}),
    (
        "wan/2-6-text-to-video",
        VIDEO_FORM,
        {},
        {"duration": 5, "resolution": "720p", "multi_shots": False},
    ),
    (
        "wan/2-6-image-to-video",
        VIDEO_FORM,
        WITH_FACE,
        {"duration": 5, "resolution": "720p", "multi_shots": False},
    ),
    ("seedance-1-5-pro", VIDEO_FORM, {}, {"duration": 5, "resolution": "720p"}),
    ("sora-2-pro-storyboard", VIDEO_FORM, {}, {}),
    ("veo-3-1", VIDEO_FORM, {}, {"resolution": "720p"}),
    ("sora-2-pro", VIDEO_FORM, {}, {}),
    ("infinitalk", VIDEO_FORM, WITH_FACE | WITH_VOICE, {"resolution": "720p"}),
    (
        "elevenlabs/text-to-speech-turbo-2-5",
        AUDIO_FORM,
        {},
        {"voice": "aD6riP1btT197c6dACmy", "stability": 0.5, "similarity_boost": 0.75, "speed": 1.0},
    ),
    ("elevenlabs/sound-effect", AUDIO_FORM, {}, {}),
]


@pytest.mark.parametrize("model_id, form, filled_in, left", TABLE)
def test_the_whole_form_is_accepted_by_every_model_of_its_kind(model_id, form, filled_in, left):
    accepted = catalogue.accept(catalogue.get_model(model_id), form | filled_in | {"model_id": model_id})
    assert (accepted.prompt, accepted.options) == ("A lotus pond", left)


def test_the_table_has_every_model_that_the_sdks_know():
    assert len({row[0] for row in TABLE}) == 13


@pytest.mark.parametrize(
    "model_id, field, value",
    [
        ("z-image", "resolution", "4K"),
        ("z-image", "output_format", "jpg"),
        ("wan/2-6-text-to-video", "aspect_ratio", "16:9"),
        ("sora-2-pro", "duration", 6),
        ("sora-2-pro", "multi_shots", True),
        ("sora-2-pro", "multi_shots", 0),
        ("veo-3-1", "duration", 5.5),
        ("veo-3-1", "resolution", "480p"),
        ("nano-banana-pro", "speed", True),
        ("nano-banana-pro", "voice", "Adam"),
        ("nano-banana-pro", "stability", 0.6),
    ],
)
def test_a_misfit_that_is_not_an_sdk_default_is_refused(model_id, field, value):
    with pytest.raises(InvalidInput) as caught:
        catalogue.accept(catalogue.get_model(model_id), {"prompt": "A pond", field: value})
    assert [error["pointer"] for error in caught.value.errors] == [f"/{field}"]


def test_a_default_that_fits_is_kept():
    accepted = catalogue.accept(catalogue.get_model("nano-banana-pro"), IMAGE_FORM)
    assert accepted.options["resolution"] == "2K"
