"""What is charged, when it is given back, and how fast one may buy."""

import pytest

from generation.sandbox.account import Account, Pace
from generation.sandbox.answers import Refusal
from generation.sandbox.market import MODELS, VEO

PRICES = [
    ("nano-banana-pro", {"resolution": "2K"}, 18),
    ("nano-banana-pro", {"resolution": "4K"}, 24),
    ("z-image", {}, 0.8),
    ("seedream/4.5-text-to-image", {}, 6.5),
    ("flux-2/pro-text-to-image", {"resolution": "1K"}, 5),
    ("flux-2/flex-image-to-image", {"resolution": "2K"}, 24),
    ("wan/2-6-text-to-video", {}, 104.5),
    ("wan/2-6-text-to-video", {"duration": "10"}, 209.5),
    ("wan/2-6-image-to-video", {"duration": "15", "resolution": "1080p"}, 315),
    ("wan/2-6-image-to-video", {"duration": "5", "resolution": "720p"}, 70),
    ("bytedance/seedance-1.5-pro", {"duration": 4, "resolution": "480p"}, 7),
    ("bytedance/seedance-1.5-pro", {"duration": 10, "generate_audio": True}, 70),
    ("sora-2-pro-storyboard", {"n_frames": "25"}, 270),
    ("sora-2-pro-text-to-video", {}, 330),
    ("sora-2-pro-image-to-video", {}, 150),
    ("infinitalk/from-audio", {"resolution": "720p"}, 180),
    ("elevenlabs/text-to-speech-turbo-2-5", {"text": "x" * 1000}, 6),
    ("elevenlabs/text-to-speech-turbo-2-5", {"text": "x" * 1001}, 12),
    ("elevenlabs/sound-effect-v2", {"duration_seconds": 10}, 2.4),
]


@pytest.mark.parametrize(("model", "document", "credits"), PRICES)
def test_a_model_costs_what_the_provider_asks(model, document, credits):
    assert MODELS[model].price(document) == credits


@pytest.mark.parametrize(
    ("model", "resolution", "credits"),
    [("veo3", "720p", 250), ("veo3_fast", "1080p", 65), ("veo3_lite", "4k", 150)],
)
def test_veo_costs_by_quality_and_resolution(model, resolution, credits):
    assert VEO[model].price({"resolution": resolution}) == credits


def test_a_task_is_charged_when_it_is_created(customer):
    before = customer.credits()
    customer.task("z-image", {"prompt": "x [sandbox:stuck]", "aspect_ratio": "1:1"})
    assert customer.credits() == before - 0.8


def test_a_failed_task_returns_its_credits(customer):
    before = customer.credits()
    record = customer.finished(customer.task("wan/2-6-text-to-video", {"prompt": "x [sandbox:fail]"}))
    assert record["state"] == "fail"
    assert customer.credits() == before


def test_a_refused_create_costs_nothing(customer):
    before = customer.credits()
    customer.create("z-image", {"prompt": "x"})
    assert customer.credits() == before


def test_too_little_credit_is_a_402_without_a_task(customer):
    customer.mode(credits=0.5)
    answer = customer.create("z-image", {"prompt": "x", "aspect_ratio": "1:1"})
    assert (answer["code"], answer["data"]) == (402, None)
    assert customer.credits() == 0.5


def test_fractions_add_up_exactly():
    account = Account(104.5)
    for _ in range(10):
        account.charge(0.1)
    account.give_back(0.35)
    assert account.credits == 103.85


def test_the_twenty_first_create_in_ten_seconds_is_refused():
    pace = Pace(20)
    for _ in range(20):
        pace.admit()
    with pytest.raises(Refusal) as refused:
        pace.admit()
    assert refused.value.code == 429


def test_without_a_limit_everyone_is_admitted():
    pace = Pace(0)
    for _ in range(50):
        pace.admit()
