import json

import jsonschema
import pytest

from accounts import ledger
from generation import availability
from generation.api.serializers import ModelSerializer
from generation.models import GenerationTask

IDS = [
    "nano-banana-pro",
    "z-image",
    "seedream-4-5",
    "flux-2",
    "wan/2-6-text-to-video",
    "wan/2-6-image-to-video",
    "seedance-1-5-pro",
    "sora-2-pro-storyboard",
    "veo-3-1",
    "sora-2-pro",
    "infinitalk",
    "elevenlabs/text-to-speech-turbo-2-5",
    "elevenlabs/sound-effect",
]


def models(api, query=""):
    return api.get(f"/api/v1/generation/models{query}").json()


def test_all_thirteen_models_are_listed_in_a_bare_array(api, sandbox):
    assert sorted(model["id"] for model in models(api)) == sorted(IDS)
    assert set(models(api)[0]) == set(ModelSerializer().fields)


def test_a_kind_can_be_asked_for(api, sandbox):
    assert {model["id"] for model in models(api, "?media_type=audio")} == set(IDS[11:])


@pytest.mark.parametrize("word", ["false", "False", "FALSE"])
def test_beta_models_can_be_left_out_in_any_case(api, sandbox, word):
    assert not any(model["is_beta"] for model in models(api, f"?include_beta={word}"))


def test_a_model_carries_the_schema_that_checks_requests(api, sandbox):
    model = api.get("/api/v1/generation/models/wan/2-6-text-to-video").json()
    jsonschema.Draft202012Validator.check_schema(model["input_schema"])
    assert model["pricing_tiers"]["720p-15s"] == 209.5
    assert model["timing"] == {"p50_ms": None, "p95_ms": None, "samples": 0}


def test_a_switched_off_model_is_shown_in_maintenance_with_its_reason(api, sandbox):
    availability.switch_off("veo-3-1", reason="Paused upstream.")
    model = api.get("/api/v1/generation/models/veo-3-1").json()
    assert (model["status"], model["availability"]["reason"]) == ("maintenance", "Paused upstream.")


def test_an_unknown_model_does_not_exist(api, sandbox):
    assert api.get("/api/v1/generation/models/dall-e").status_code == 404


@pytest.mark.parametrize(
    "body, credits",
    [
        ({"prompt": "x"}, 18),
        ({"prompt": "x", "resolution": "4K"}, 24),
        ({"model_id": "wan/2-6-text-to-video", "prompt": "x", "resolution": "720p", "duration": 15}, 209.5),
        ({"task_type": "audio", "text": "x" * 1001}, 24),
    ],
)
def test_a_quote_names_the_price_and_writes_nothing(api, sandbox, user, body, credits):
    answer = api.post("/api/v1/generation/quote", json.dumps(body), content_type="application/json")
    assert (answer.status_code, answer.json()["credits"]) == (200, credits)
    assert answer.json()["available_after"] == 500 - credits
    assert ledger.balance_of(user).held == 0
    assert GenerationTask.objects.count() == 0
