"""What each model refuses, in the provider's own codes and words."""

import pytest

from generation.sandbox.answers import Refusal
from generation.sandbox.market import AUDIO, IMAGES, MODELS, VEO_RULES, VIDEOS
from generation.sandbox.rules import check

from .conftest import VOICE

PICTURE = "http://127.0.0.1/a.png"
SOUND = "http://127.0.0.1/a.mp3"
GOOD = {
    "nano-banana-pro": {"prompt": "x"},
    "z-image": {"prompt": "x", "aspect_ratio": "16:9"},
    "seedream/4.5-text-to-image": {"prompt": "x", "aspect_ratio": "21:9", "quality": "high"},
    "seedream/4.5-edit": {"prompt": "x", "aspect_ratio": "1:1", "quality": "basic", "image_urls": [PICTURE]},
    "flux-2/pro-text-to-image": {"prompt": "abc", "aspect_ratio": "2:3", "resolution": "2K"},
    "flux-2/flex-text-to-image": {"prompt": "abc", "aspect_ratio": "2:3", "resolution": "1K"},
    "flux-2/pro-image-to-image": {
        "prompt": "abc", "aspect_ratio": "auto", "resolution": "1K", "input_urls": [PICTURE],
    },
    "flux-2/flex-image-to-image": {
        "prompt": "abc", "aspect_ratio": "1:1", "resolution": "1K", "input_urls": [PICTURE],
    },
    "wan/2-6-text-to-video": {"prompt": "x", "duration": "10", "resolution": "720p"},
    "wan/2-6-image-to-video": {"prompt": "xy", "image_urls": [PICTURE], "duration": "5"},
    "bytedance/seedance-1.5-pro": {"prompt": "abc", "aspect_ratio": "9:16", "duration": 8},
    "sora-2-pro-text-to-video": {"prompt": "x", "n_frames": "15", "size": "high"},
    "sora-2-pro-image-to-video": {"prompt": "x", "image_urls": [PICTURE]},
    "sora-2-pro-storyboard": {
        "n_frames": "10", "upload_method": "s3", "shots": [{"Scene": "x", "duration": 2.5}],
    },
    "infinitalk/from-audio": {"prompt": "x", "image_url": PICTURE, "audio_url": SOUND},
    "elevenlabs/text-to-speech-turbo-2-5": {"text": "x", "voice": VOICE, "speed": 1.1},
    "elevenlabs/sound-effect-v2": {"text": "rain", "duration_seconds": 0.5, "loop": True},
}  # fmt: skip

SPEECH = "elevenlabs/text-to-speech-turbo-2-5"
NO_VOICE = "Invalid voice parameter: Rachel. Please use a supported voice id."


def outside(field: str) -> str:
    return f"This {field} is not within the range of allowed options"


REFUSED = [
    ("nano-banana-pro", {"prompt": ""}, 500, "prompt is required"),
    ("nano-banana-pro", {"prompt": "x" * 10001}, 500, "prompt exceeds maximum length"),
    ("nano-banana-pro", {"resolution": "8K"}, 500, outside("resolution")),
    ("nano-banana-pro", {"image_input": [PICTURE] * 9}, 500, "image_input must contain 0 to 8 items"),
    ("nano-banana-pro", {"image_input": ["ftp://x"]}, 500, "image_input must be a valid URL"),
    ("z-image", {"prompt": "x" * 1001}, 500, "prompt exceeds maximum length"),
    ("z-image", {"aspect_ratio": None}, 500, "aspect_ratio is required"),
    ("z-image", {"aspect_ratio": "21:9"}, 500, outside("aspect_ratio")),
    ("z-image", {"nsfw_checker": "yes"}, 500, "nsfw_checker must be a boolean"),
    ("seedream/4.5-text-to-image", {"quality": "ultra"}, 500, outside("quality")),
    ("seedream/4.5-edit", {"image_urls": []}, 500, "image_urls is required"),
    ("flux-2/pro-text-to-image", {"prompt": "ab"}, 500, "prompt must be at least 3 characters"),
    ("flux-2/pro-text-to-image", {"aspect_ratio": "auto"}, 500, outside("aspect_ratio")),
    ("wan/2-6-text-to-video", {"duration": 5}, 500, outside("duration")),
    (
        "wan/2-6-image-to-video",
        {"image_urls": [PICTURE, PICTURE]},
        500,
        "image_urls must contain 1 to 1 items",
    ),
    ("bytedance/seedance-1.5-pro", {"duration": "8"}, 500, "duration must be a number"),
    ("bytedance/seedance-1.5-pro", {"duration": 13}, 500, "duration must be between 4 and 12"),
    ("sora-2-pro-storyboard", {"shots": [{"scene": "x", "duration": 2}]}, 500, "Scene is required"),
    (
        "sora-2-pro-storyboard",
        {"shots": [{"Scene": "x", "duration": 16}]},
        500,
        "duration must be between 0.1 and 15",
    ),
    ("infinitalk/from-audio", {"seed": 9999}, 500, "seed must be between 10000 and 1e+06"),
    (SPEECH, {"voice": ""}, 422, "voiceId cannot be empty"),
    (SPEECH, {"voice": "Rachel"}, 422, NO_VOICE),
    ("elevenlabs/sound-effect-v2", {"text": "x" * 451}, 500, "text exceeds maximum length"),
]


@pytest.mark.parametrize("model", sorted(GOOD))
def test_a_good_input_passes(model):
    check(MODELS[model].rules, GOOD[model])


def test_every_model_of_the_market_is_covered():
    assert set(GOOD) == set(MODELS)
    assert (len(IMAGES), len(VIDEOS), len(AUDIO)) == (8, 7, 2)


@pytest.mark.parametrize(("model", "change", "code", "msg"), REFUSED)
def test_a_bad_input_is_refused(model, change, code, msg):
    with pytest.raises(Refusal) as refused:
        check(MODELS[model].rules, GOOD[model] | change)
    assert (refused.value.code, refused.value.msg) == (code, msg)


@pytest.mark.parametrize("change", [{"model": None}, {"model": "veo2"}])
def test_veo_always_wants_its_model(change):
    with pytest.raises(Refusal, match="Invalid model"):
        check(VEO_RULES, {"prompt": "x", "model": "veo3"} | change)


def test_veo_takes_either_spelling_of_the_ratio():
    check(VEO_RULES, {"prompt": "x", "model": "veo3", "aspect_ratio": "9:16"})
    check(VEO_RULES, {"prompt": "x", "model": "veo3", "aspectRatio": "9:16"})


def test_unknown_fields_pass():
    check(MODELS["z-image"].rules, GOOD["z-image"] | {"language_code": ""})


def test_an_unknown_model_is_refused_without_a_task(customer):
    answer = customer.create("nano-banana-2", {"prompt": "x"})
    assert (answer["code"], answer["data"]) == (422, None)
    assert "not supported" in answer["msg"]
    assert customer.get("/__sandbox__/tasks").json() == []


def test_veo_models_are_not_sold_as_jobs(customer):
    assert customer.create("veo3_fast", {"prompt": "x"})["code"] == 422


def test_an_input_that_is_missing_altogether_is_refused(customer):
    assert customer.post("/api/v1/jobs/createTask", {"model": "z-image"}).json()["code"] == 500
