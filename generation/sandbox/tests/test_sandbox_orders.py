"""Whole orders through the running sandbox: what is asked is what comes back."""

import base64
import io
import json

import av
import pytest
import requests
from PIL import Image

from generation.sandbox.film.encode import write_sound
from generation.sandbox.sound.effects import effect

from .conftest import VOICE


def result(record: dict) -> bytes:
    assert record["state"] == "success", record
    return requests.get(json.loads(record["resultJson"])["resultUrls"][0], timeout=10).content


@pytest.mark.parametrize(
    ("model", "document", "form", "size"),
    [
        (
            "nano-banana-pro",
            {"prompt": "a temple", "aspect_ratio": "16:9", "output_format": "jpg"},
            "JPEG",
            (1376, 774),
        ),
        ("z-image", {"prompt": "the sea", "aspect_ratio": "3:4"}, "PNG", (888, 1184)),
    ],
)
def test_a_picture_has_the_asked_size_and_format(customer, model, document, form, size):
    customer.mode(sketch=False)
    with Image.open(io.BytesIO(result(customer.finished(customer.task(model, document))))) as picture:
        assert (picture.format, picture.size) == (form, size)


def test_the_same_order_gives_the_same_file(customer):
    document = {"prompt": "ดอกบัวสีชมพู", "aspect_ratio": "1:1"}
    files = [result(customer.finished(customer.task("z-image", document))) for _ in range(2)]
    assert files[0] == files[1]


def test_a_film_has_the_asked_length(customer):
    document = {"prompt": "the sea", "aspect_ratio": "9:16", "duration": 4, "generate_audio": False}
    content = result(customer.finished(customer.task("bytedance/seedance-1.5-pro", document)))
    with av.open(io.BytesIO(content)) as source:
        assert source.duration / 1_000_000 == pytest.approx(4, abs=0.1)
        assert not source.streams.audio
        assert source.streams.video[0].width < source.streams.video[0].height


def test_a_storyboard_is_filmed(customer):
    shots = [{"Scene": "mountains at dawn", "duration": 5}, {"Scene": "a river", "duration": 5}]
    document = {"shots": shots, "n_frames": "10", "upload_method": "s3"}
    with av.open(
        io.BytesIO(result(customer.finished(customer.task("sora-2-pro-storyboard", document))))
    ) as source:
        assert source.duration / 1_000_000 == pytest.approx(10, abs=0.1)


def test_a_talking_picture_lasts_and_costs_as_long_as_its_sound(customer, tmp_path):
    write_sound(str(tmp_path / "a.mp3"), effect("bell", length=3.0), extension="mp3")
    picture = io.BytesIO()
    Image.new("RGB", (300, 300), "#884422").save(picture, "PNG")
    addresses = [
        upload(customer, "a.mp3", (tmp_path / "a.mp3").read_bytes()),
        upload(customer, "a.png", picture.getvalue()),
    ]
    before = customer.credits()
    document = {"prompt": "speaks", "audio_url": addresses[0], "image_url": addresses[1]}
    content = result(customer.finished(customer.task("infinitalk/from-audio", document)))
    with av.open(io.BytesIO(content)) as source:
        assert source.duration / 1_000_000 == pytest.approx(3, abs=0.2)
    assert before - customer.credits() == pytest.approx(9, abs=0.4)


def upload(customer, name: str, content: bytes) -> str:
    body = {"base64Data": base64.b64encode(content).decode(), "uploadPath": "in", "fileName": name}
    return customer.post("/api/file-base64-upload", body).json()["data"]["downloadUrl"]


def test_an_effect_has_the_asked_length(customer):
    document = {"text": "rain on a roof", "duration_seconds": 2.5}
    content = result(customer.finished(customer.task("elevenlabs/sound-effect-v2", document)))
    with av.open(io.BytesIO(content)) as source:
        assert source.duration / 1_000_000 == pytest.approx(2.5, abs=0.1)
        assert source.streams.audio[0].codec_context.name.startswith("mp3")


def test_many_tasks_at_once_all_finish(customer):
    ids = [
        customer.task("z-image", {"prompt": f"mountain {number}", "aspect_ratio": "1:1"})
        for number in range(24)
    ]
    assert {customer.finished(task_id)["state"] for task_id in ids} == {"success"}


def test_speech_takes_the_voice_that_was_asked_for(customer):
    texts = {"text": "Good evening", "speed": 0.9}
    model = "elevenlabs/text-to-speech-turbo-2-5"
    first = result(customer.finished(customer.task(model, texts | {"voice": VOICE})))
    other = result(customer.finished(customer.task(model, texts | {"voice": "YOq2y2Up4RgXP2HyXjE5"})))
    assert first != other
