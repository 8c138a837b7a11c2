"""What the provider was seen to do to orders and questions the sandbox does, too; what our client says."""

import json

import pytest
import requests

from generation.provider import (
    ContentRejected,
    InputRejected,
    KeyRefused,
    KieClient,
    Maintenance,
    ModelSwitchedOff,
    OutcomeUnknown,
    OutOfCredit,
    QuotaHold,
    RateLimited,
    ReadFailed,
    RecordMissing,
    Refused,
)
from generation.sandbox.faults import SEEN

from .conftest import KEY, bought, ended, order, refusal

# -- orders: the fault, what our client says, how many tasks the provider has made ---------------------

CREATES = [
    ("[sandbox:html-create]", OutcomeUnknown, 1),
    ("[sandbox:html-create=530]", OutcomeUnknown, 1),
    ("[sandbox:garbled-create]", OutcomeUnknown, 1),
    ("[sandbox:drop]", OutcomeUnknown, 1),
    ("[sandbox:lost]", OutcomeUnknown, 0),
    ("[sandbox:429]", RateLimited, 0),
    ("[sandbox:refuse=401]", KeyRefused, 0),
    ("[sandbox:refuse=402]", OutOfCredit, 0),
    ("[sandbox:refuse=422]", InputRejected, 0),
    ("[sandbox:refuse=430]", ContentRejected, 0),
    ("[sandbox:refuse=433]", QuotaHold, 0),
    ("[sandbox:refuse=451]", InputRejected, 0),
    ("[sandbox:refuse=455]", Maintenance, 0),
    ("[sandbox:refuse=500]", Refused, 0),
    ("[sandbox:refuse=505]", ModelSwitchedOff, 0),
]


@pytest.mark.parametrize("words, kind, made", CREATES)
def test_a_bad_answer_to_an_order(kie, customer, words, kind, made):
    assert refusal(lambda: bought(kie, words)) is kind
    assert len(customer.get("/__sandbox__/tasks").json()) == made


def test_every_refusal_in_an_envelope_comes_with_http_200(customer):
    for words in ("[sandbox:429]", "[sandbox:refuse=455]", "[sandbox:refuse=500]"):
        body = {"model": "z-image", "input": order(words).input}
        assert customer.post("/api/v1/jobs/createTask", body).status_code == 200
    unknown = customer.get("/api/v1/jobs/recordInfo", taskId="0" * 32)
    assert (unknown.status_code, unknown.json()["code"]) == (200, 422)


def test_a_client_without_a_name_of_its_own_is_kept_out(sandbox):
    url = f"{sandbox.url}/api/v1/chat/credit"
    for agent in ("", "Python-urllib/3.11"):
        answer = requests.get(url, headers={"User-Agent": agent, "Authorization": f"Bearer {KEY}"}, timeout=9)
        assert (answer.status_code, "1010" in answer.text) == (403, True)


def test_a_wrong_key_is_refused_everywhere(sandbox):
    stranger = KieClient(f"{sandbox.url}/api/v1/jobs", "a wrong key")
    assert refusal(lambda: bought(stranger)) is KeyRefused
    assert refusal(lambda: stranger.read("jobs", "0" * 32)) is KeyRefused
    assert refusal(stranger.credit) is KeyRefused


def test_the_twenty_first_order_in_ten_seconds_is_refused(kie, sandbox):
    sandbox.desk.pace.limit = 20
    try:
        for _order in range(20):
            bought(kie)
        assert refusal(lambda: bought(kie)) is RateLimited
    finally:
        sandbox.desk.pace.limit = 0


def test_a_paused_model_is_refused_and_a_dead_one_fails_for_nothing(kie, customer):
    customer.mode(paused_models=["z-image"], dead_models=["elevenlabs/sound-effect-v2"])
    assert refusal(lambda: bought(kie)) is ModelSwitchedOff
    before = kie.credit()
    task_id = bought(kie, model="elevenlabs/sound-effect-v2", text="rain", prompt=None, aspect_ratio=None)
    assert ended(kie, task_id).failure.code == "provider_error"
    assert kie.credit() == before


def test_an_empty_account_buys_nothing_and_a_failure_gives_the_credits_back(kie, customer):
    customer.mode(credits=0.8)
    task_id = bought(kie, "[sandbox:fail] [sandbox:slow=1]")
    assert kie.credit() == 0
    assert refusal(lambda: bought(kie)) is OutOfCredit
    ended(kie, task_id)
    assert float(kie.credit()) == 0.8


REFUSED_INPUTS = [
    ({"prompt": None}, "prompt is required"),
    ({"aspect_ratio": "7:5"}, "not within the range of allowed options"),
    ({"prompt": "x" * 1001}, "exceeds maximum length"),
    ({"model": "elevenlabs/text-to-speech-turbo-2-5", "text": "hi"}, "voiceId cannot be empty"),
    ({"model": "elevenlabs/text-to-speech-turbo-2-5", "text": "hi", "voice": "Rachel"}, "Invalid voice"),
    ({"model": "elevenlabs/sound-effect-v2", "text": "x" * 451}, "text exceeds maximum length"),
    ({"model": "wan/2-6-text-to-video", "duration": 5}, "not within the range of allowed options"),
    ({"model": "bytedance/seedance-1.5-pro", "duration": "5"}, "must be a number"),
]


@pytest.mark.parametrize("document, said", REFUSED_INPUTS)
def test_what_a_model_does_not_take_is_refused_in_the_providers_words(kie, document, said):
    with pytest.raises((InputRejected, Refused)) as caught:
        bought(kie, **document)
    assert said in caught.value.raw


# -- readings ------------------------------------------------------------------------------------------

READINGS = [
    ("[sandbox:html-502]", ReadFailed),
    ("[sandbox:html-530]", ReadFailed),
    ("[sandbox:garbled]", ReadFailed),
    ("[sandbox:null-first=3600]", RecordMissing),
]


@pytest.mark.parametrize("model", ["jobs", "veo"])
@pytest.mark.parametrize("words, kind", READINGS)
def test_a_bad_answer_to_a_question_says_nothing_of_the_task(kie, model, words, kind):
    more = {"family": "veo", "model": "veo3_lite", "duration": 4} if model == "veo" else {}
    aspect = {"aspect_ratio": "16:9"} if model == "veo" else {}
    task_id = bought(kie, f"{words} [sandbox:stuck]", **more, **aspect)
    assert refusal(lambda: kie.read(model, task_id)) is kind


def test_a_stuck_task_waits_for_ever(kie, customer):
    task_id = bought(kie, "[sandbox:stuck]")
    assert (kie.read("jobs", task_id).state, kie.read("jobs", task_id).stage) == ("running", "waiting")
    customer.post("/__sandbox__/release", {"taskId": task_id})
    assert ended(kie, task_id).state == "succeeded"


FAILURES = {  # our code, whose fault, worth another try, do we know the sentence
    "blank": ("provider_error", "provider", True, True),
    "closed": ("provider_error", "provider", True, True),
    "director": ("provider_error", "provider", True, True),
    "busy": ("provider_error", "provider", True, True),
    "models": ("provider_error", "provider", True, True),
    "cdn": ("provider_error", "provider", True, True),
    "internal": ("provider_error", "provider", True, True),
    "copyright": ("content_rejected", "user", False, True),
    "policy": ("content_rejected", "user", False, True),
    "gemini": ("content_rejected", "user", False, True),
    "chat": ("content_rejected", "user", False, True),
    "language": ("provider_error", "provider", False, False),
    "html": ("provider_error", "provider", True, False),
    "echo": ("provider_error", "provider", True, False),
}


@pytest.mark.parametrize("name", SEEN)
def test_a_failure_as_it_was_seen(kie, name):
    found = ended(kie, bought(kie, f"[sandbox:fail={name}]")).failure
    assert (found.code, found.fault, found.retryable, found.known) == FAILURES[name]
    assert found.raw.startswith(f"{SEEN[name][0]}: ")


def test_success_without_addresses_is_success_with_nothing(kie):
    reading = ended(kie, bought(kie, "[sandbox:no-urls]"))
    assert (reading.state, reading.urls) == ("succeeded", ())


def test_a_result_as_an_object_is_understood(kie):
    assert len(ended(kie, bought(kie, "[sandbox:object]")).urls) == 1


@pytest.mark.parametrize("newer", [False, True])
def test_a_record_has_ten_keys_and_in_the_newer_way_three_more(kie, customer, newer):
    customer.mode(newer_fields=newer)
    record = customer.finished(bought(kie))
    old = {"taskId", "model", "state", "param", "resultJson", "failCode", "failMsg"}
    old |= {"costTime", "completeTime", "createTime"}
    assert set(record) == (old | {"updateTime", "creditsConsumed"} if newer else old)
    assert json.loads(json.loads(record["param"])["input"])["aspect_ratio"] == "1:1"
    assert (kie.read("jobs", record["taskId"]).credits is None) is not newer


def test_the_two_families_do_not_know_each_others_ids(kie):
    film = {"family": "veo", "model": "veo3_lite", "duration": 4, "aspect_ratio": "16:9"}
    job, veo = bought(kie, "[sandbox:stuck]"), bought(kie, "[sandbox:stuck]", **film)
    assert (len(job), veo[:9]) == (32, "veo_task_")
    assert refusal(lambda: kie.read("veo", job)) is RecordMissing
    assert refusal(lambda: kie.read("jobs", veo)) is RecordMissing
