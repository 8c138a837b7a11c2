"""The earlier SDKs send their whole form to every model, exactly so; every one of them is still accepted."""

import json

import pytest

from generation.models import GenerationTask
from generation.tests.conftest import run, submit

IMAGE = """{"prompt": "A lotus pond at dawn", "model_id": "%s", "aspect_ratio": "1:1", "resolution": "2K",
 "output_format": "png", "reference_images": []}"""
VIDEO = """{"prompt": "A lotus pond at dawn", "model_id": "%s", "duration": 5, "resolution": "720p",
 "multi_shots": false, "reference_image": null}"""
AUDIO = """{"text": "A lotus pond at dawn", "model_id": "%s", "voice": "Rachel", "stability": 0.5,
 "similarity_boost": 0.75, "speed": 1}"""

# door, model, form
COMPLETE = [
    ("image", "nano-banana-pro", IMAGE),
    ("image", "z-image", IMAGE),
    ("image", "seedream-4-5", IMAGE),
    ("image", "flux-2", IMAGE),
    ("video", "wan/2-6-text-to-video", VIDEO),
    ("video", "seedance-1-5-pro", VIDEO),
    ("video", "sora-2-pro-storyboard", VIDEO),
    ("video", "veo-3-1", VIDEO),
    ("video", "sora-2-pro", VIDEO),
    ("audio", "elevenlabs/text-to-speech-turbo-2-5", AUDIO),
    ("audio", "elevenlabs/sound-effect", AUDIO),
]

# model, what its form lacks, the kinds of the caller's own works that are filled in
LACKING = [
    ("wan/2-6-image-to-video", ["/reference_image"], {"reference_image": "image"}),
    (
        "infinitalk",
        ["/reference_audio", "/reference_image"],
        {"reference_image": "image", "reference_audio": "audio"},
    ),
]


def send(api, door, content):
    return api.post(f"/api/v1/generation/{door}", content, content_type="application/json")


@pytest.mark.parametrize("door, model_id, form", COMPLETE)
def test_the_form_alone_is_accepted(api, sandbox, door, model_id, form):
    answer = send(api, door, form % model_id)
    assert (answer.status_code, answer.json().get("model_id")) == (202, model_id)


@pytest.mark.parametrize("model_id, missing, works", LACKING)
def test_a_model_that_needs_files_names_them_and_charges_nothing(api, sandbox, model_id, missing, works):
    answer = send(api, "video", VIDEO % model_id)
    problem = answer.json()
    assert (answer.status_code, problem["charged"]) == (400, False)
    assert sorted(error["pointer"] for error in problem["errors"]) == missing
    assert not GenerationTask.objects.exists()


@pytest.mark.parametrize("model_id, missing, works", LACKING)
def test_with_its_files_the_same_form_is_accepted(api, sandbox, user, model_id, missing, works):
    body = json.loads(VIDEO % model_id)
    for name, kind in works.items():
        body[name] = str(run(submit(user, kind)).pk)
    answer = send(api, "video", json.dumps(body))
    assert (answer.status_code, answer.json().get("model_id")) == (202, model_id)


@pytest.mark.parametrize("door, form", [("image", IMAGE), ("video", VIDEO), ("audio", AUDIO)])
def test_the_form_without_a_model_takes_the_usual_one(api, sandbox, door, form):
    body = json.loads(form)
    del body["model_id"]
    assert send(api, door, json.dumps(body)).status_code == 202


def test_every_model_has_its_row():
    assert len({row[1] for row in COMPLETE} | {row[0] for row in LACKING}) == 13
