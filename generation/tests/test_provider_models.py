"""Every model on the wire: exactly what is sent for a body, what comes back, and what it costs."""

from decimal import Decimal

import pytest

from generation import catalogue
from generation.provider import KieClient
from generation.tests.wire import WireServer, envelope

CALLBACK = "https://smartspec.test/api/v1/generation/callbacks/kie/1/secret"
ONE, TWO, THREE = "https://up.test/1.png", "https://up.test/2.png", "https://up.test/3.png"
SPEECH = "https://up.test/voice.mp3"
JOBS, VEO = "/api/v1/jobs/createTask", "/api/v1/veo/generate"

# model, body, URLs of references, upstream model, upstream input, credits
ORDERS = [
    (
        "nano-banana-pro", {"prompt": "A pond"}, {},
        "nano-banana-pro",
        {"prompt": "A pond", "aspect_ratio": "1:1", "resolution": "2K", "output_format": "png"},
        "18",
    ),
    (
        "nano-banana-pro",
        {"prompt": "A pond", "aspect_ratio": "auto", "resolution": "4K", "output_format": "jpg"},
        {"reference_images": [ONE, TWO]},
        "nano-banana-pro",
        {
            "prompt": "A pond", "aspect_ratio": "auto", "resolution": "4K", "output_format": "jpg",
            "image_input": [ONE, TWO],
        },
        "24",
    ),
    ("z-image", {"prompt": "A pond"}, {}, "z-image", {"prompt": "A pond", "aspect_ratio": "1:1"}, "20"),
    (
        "z-image", {"prompt": "A pond", "nsfw_checker": True, "aspect_ratio": "9:16"}, {},
        "z-image", {"prompt": "A pond", "aspect_ratio": "9:16", "nsfw_checker": True}, "20",
    ),
    (
        "seedream-4-5", {"prompt": "A pond"}, {},
        "seedream/4.5-text-to-image", {"prompt": "A pond", "aspect_ratio": "1:1", "quality": "basic"}, "25",
    ),
    (
        "seedream-4-5", {"prompt": "A pond", "resolution": "4K"}, {"reference_images": [ONE]},
        "seedream/4.5-edit",
        {"prompt": "A pond", "aspect_ratio": "1:1", "quality": "high", "image_urls": [ONE]},
        "25",
    ),
    (
        "flux-2", {"prompt": "A pond"}, {},
        "flux-2/pro-text-to-image", {"prompt": "A pond", "aspect_ratio": "1:1", "resolution": "1K"}, "30",
    ),
    (
        "flux-2", {"prompt": "A pond", "mode": "flex", "resolution": "2K"}, {},
        "flux-2/flex-text-to-image", {"prompt": "A pond", "aspect_ratio": "1:1", "resolution": "2K"}, "30",
    ),
    (
        "flux-2", {"prompt": "A pond", "aspect_ratio": "auto"}, {"reference_images": [ONE]},
        "flux-2/pro-image-to-image",
        {"prompt": "A pond", "aspect_ratio": "auto", "resolution": "1K", "input_urls": [ONE]},
        "30",
    ),
    (
        "flux-2", {"prompt": "A pond", "mode": "flex"}, {"reference_images": [ONE]},
        "flux-2/flex-image-to-image",
        {"prompt": "A pond", "aspect_ratio": "1:1", "resolution": "1K", "input_urls": [ONE]},
        "30",
    ),
    (
        "wan/2-6-text-to-video", {"prompt": "A pond", "duration": 15, "multi_shots": True}, {},
        "wan/2-6-text-to-video",
        {"prompt": "A pond", "duration": "15", "resolution": "720p", "multi_shots": True},
        "209.5",
    ),
    (
        "wan/2-6-image-to-video", {"prompt": "A pond", "resolution": "1080p"}, {"reference_image": [ONE]},
        "wan/2-6-image-to-video",
        {
            "prompt": "A pond", "duration": "5", "resolution": "1080p", "multi_shots": False,
            "image_urls": [ONE],
        },
        "104.5",
    ),
    (
        "seedance-1-5-pro", {"prompt": "A pond"}, {},
        "bytedance/seedance-1.5-pro",
        {
            "prompt": "A pond", "aspect_ratio": "1:1", "resolution": "720p", "duration": 5,
            "generate_audio": False, "fixed_lens": False,
        },
        "100",
    ),
    (
        "seedance-1-5-pro",
        {"prompt": "A pond", "resolution": "1080p", "duration": 12, "generate_audio": True},
        {"reference_images": [ONE, TWO]},
        "bytedance/seedance-1.5-pro",
        {
            "prompt": "A pond", "aspect_ratio": "1:1", "resolution": "1080p", "duration": 12,
            "generate_audio": True, "fixed_lens": False, "input_urls": [ONE, TWO],
        },
        "180",
    ),
    (
        "sora-2-pro-storyboard",
        {"shots": [{"scene": "Dawn", "duration": 4.5}, {"scene": "Noon", "duration": 10}], "duration": 15},
        {},
        "sora-2-pro-storyboard",
        {
            "shots": [{"Scene": "Dawn", "duration": 4.5}, {"Scene": "Noon", "duration": 10}],
            "n_frames": "15", "aspect_ratio": "landscape", "upload_method": "s3",
        },
        "270",
    ),
    (
        "sora-2-pro-storyboard", {"prompt": "A pond", "duration": 25, "aspect_ratio": "9:16"},
        {"reference_image": [ONE]},
        "sora-2-pro-storyboard",
        {
            "shots": [{"Scene": "A pond", "duration": 15}], "n_frames": "25", "aspect_ratio": "portrait",
            "image_urls": [ONE], "upload_method": "s3",
        },
        "270",
    ),
    (
        "sora-2-pro", {"prompt": "A pond"}, {},
        "sora-2-pro-text-to-video",
        {
            "prompt": "A pond", "aspect_ratio": "landscape", "n_frames": "10", "size": "standard",
            "upload_method": "s3",
        },
        "200",
    ),
    (
        "sora-2-pro", {"prompt": "A pond", "size": "high", "duration": 15, "remove_watermark": True},
        {"reference_image": [ONE]},
        "sora-2-pro-image-to-video",
        {
            "prompt": "A pond", "aspect_ratio": "landscape", "n_frames": "15", "size": "high",
            "remove_watermark": True, "image_urls": [ONE], "upload_method": "s3",
        },
        "630",
    ),
    (
        "infinitalk", {"prompt": "She speaks", "resolution": "720p", "seed": 10_000},
        {"reference_image": [ONE], "reference_audio": [SPEECH]},
        "infinitalk/from-audio",
        {
            "prompt": "She speaks", "resolution": "720p", "seed": 10_000, "image_url": ONE,
            "audio_url": SPEECH,
        },
        "180",
    ),
    (
        "elevenlabs/text-to-speech-turbo-2-5", {"text": "สวัสดี"}, {},
        "elevenlabs/text-to-speech-turbo-2-5",
        {
            "text": "สวัสดี", "voice": "EkK5I93UQWFDigLMpZcX", "stability": 0.5, "similarity_boost": 0.75,
            "style": 0, "speed": 1,
        },
        "12",
    ),
    (
        "elevenlabs/text-to-speech-turbo-2-5",
        {"text": "Hello", "voice": "Brian", "speed": 0.705, "language_code": "th", "output_format": "wav"},
        {},
        "elevenlabs/text-to-speech-turbo-2-5",
        {
            "text": "Hello", "voice": "nPczCjzI2devNBz1zQrb", "stability": 0.5, "similarity_boost": 0.75,
            "style": 0, "speed": 0.7, "language_code": "th",
        },
        "12",
    ),
    (
        "elevenlabs/sound-effect", {"text": "Rain"}, {},
        "elevenlabs/sound-effect-v2", {"text": "Rain", "output_format": "mp3_44100_128"}, "20",
    ),
    (
        "elevenlabs/sound-effect",
        {"prompt": "Rain", "duration": 3.25, "loop": True, "prompt_influence": 0.3},
        {},
        "elevenlabs/sound-effect-v2",
        {
            "text": "Rain", "duration_seconds": 3.2, "loop": True, "prompt_influence": 0.3,
            "output_format": "mp3_44100_128",
        },
        "20",
    ),
]  # fmt: skip

# body, URLs, the flat body that the Veo API gets, credits
VEO_ORDERS = [
    (
        {"prompt": "A pond"}, {},
        {
            "model": "veo3_fast", "prompt": "A pond", "aspect_ratio": "16:9", "resolution": "720p",
            "duration": 8, "generationType": "TEXT_2_VIDEO",
        },
        "150",
    ),
    (
        {"prompt": "A pond", "mode": "quality", "resolution": "4K", "aspect_ratio": "auto", "seed": 12_345},
        {"reference_images": [ONE, TWO]},
        {
            "model": "veo3", "prompt": "A pond", "aspect_ratio": "Auto", "resolution": "4k", "duration": 8,
            "seeds": 12_345, "imageUrls": [ONE, TWO], "generationType": "FIRST_AND_LAST_FRAMES_2_VIDEO",
        },
        "370",
    ),
    (
        {"prompt": "A pond", "mode": "lite", "image_role": "subject"},
        {"reference_images": [ONE, TWO, THREE]},
        {
            "model": "veo3_lite", "prompt": "A pond", "aspect_ratio": "16:9", "resolution": "720p",
            "duration": 8, "imageUrls": [ONE, TWO, THREE], "generationType": "REFERENCE_2_VIDEO",
        },
        "150",
    ),
]  # fmt: skip


@pytest.fixture
def wire():
    with WireServer() as server:
        yield server


def order(wire, model_id, body, urls):
    """What a submitted body becomes on the wire; the URLs stand for the caller's references."""
    spec = catalogue.get_model(model_id)
    accepted = catalogue.accept(spec, body | urls_as_given(spec, urls))
    request = catalogue.upstream_request(spec, accepted.prompt, accepted.options, urls)
    wire.answer(envelope(200, data={"taskId": "a1b2", "recordId": "a1b2"}))
    assert KieClient(wire.base_url, "key").create(request, callback_url=CALLBACK) == "a1b2"
    return request, catalogue.quote(spec, accepted.prompt, accepted.options).credits


def urls_as_given(spec, urls):
    return {name: found if spec.by_name[name].is_list else found[0] for name, found in urls.items()}


@pytest.mark.parametrize("model_id, body, urls, model, upstream_input, credits", ORDERS)
def test_a_job_is_ordered_in_the_providers_words(wire, model_id, body, urls, model, upstream_input, credits):
    request, price = order(wire, model_id, body, urls)
    assert (wire.seen[0].path, request.family, price) == (JOBS, "jobs", Decimal(credits))
    assert wire.seen[0].json == {"model": model, "input": upstream_input, "callBackUrl": CALLBACK}


@pytest.mark.parametrize("body, urls, flat, credits", VEO_ORDERS)
def test_veo_is_ordered_flat_under_its_own_address(wire, body, urls, flat, credits):
    request, price = order(wire, "veo-3-1", body, urls)
    assert (wire.seen[0].path, request.family, price) == (VEO, "veo", Decimal(credits))
    assert wire.seen[0].json == flat | {"callBackUrl": CALLBACK}


def test_the_tables_have_every_model():
    assert {row[0] for row in ORDERS} | {"veo-3-1"} == set(catalogue.ALL_MODELS)


def test_numbers_stay_numbers_and_strings_strings(wire):
    order(wire, "seedance-1-5-pro", {"prompt": "A pond", "duration": 4}, {})
    assert b'"duration": 4,' in wire.seen[0].body
    order(wire, "wan/2-6-text-to-video", {"prompt": "A pond"}, {})
    assert b'"duration": "5"' in wire.seen[1].body


def test_thai_text_is_sent_as_it_is(wire):
    order(wire, "z-image", {"prompt": "ดอกบัวยามเช้า"}, {})
    assert "ดอกบัวยามเช้า".encode() in wire.seen[0].body
