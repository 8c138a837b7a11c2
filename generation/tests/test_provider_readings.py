"""Reading a task: every shape in which the provider has been seen to answer."""

import json
from decimal import Decimal

import pytest

from generation.provider import (
    KeyRefused,
    KieClient,
    Maintenance,
    OutOfCredit,
    ProviderError,
    QuotaHold,
    RateLimited,
    ReadFailed,
    RecordMissing,
    ResultGone,
)
from generation.provider.roots import roots
from generation.tests.wire import HTML, Reply, WireServer, envelope

URL = "https://tempfile.aiquickdraw.com/r/a1_1.png"
CALLBACK = "https://smartspec.test/callbacks/1/secret"


@pytest.fixture
def wire():
    with WireServer() as server:
        yield server


def record(**changes):
    """A jobs record with the ten keys that were always there."""
    order = json.dumps({"prompt": "A pond"})
    return {
        "taskId": "a1",
        "model": "z-image",
        "state": "waiting",
        "param": json.dumps({"input": order, "model": "z-image", "callBackUrl": CALLBACK}),
        "resultJson": "",
        "failCode": None,
        "failMsg": None,
        "costTime": None,
        "completeTime": None,
        "createTime": 1_776_000_000_000,
    } | changes


def veo_record(**changes):
    return {
        "taskId": "veo_task_1",
        "paramJson": json.dumps({"prompt": "A pond", "model": "veo3_fast", "callBackUrl": CALLBACK}),
        "createTime": 1_776_000_000_000,
        "completeTime": None,
        "successFlag": 0,
        "response": None,
        "errorCode": None,
        "errorMessage": None,
        "fallbackFlag": False,
    } | changes


def read(wire, data, family="jobs", **more):
    wire.answer(envelope(200, data=data, **more))
    return KieClient(wire.base_url, "key").read(family, "a1")


def test_a_job_is_read_under_the_jobs_address(wire):
    read(wire, record())
    seen = wire.seen[0]
    assert (seen.method, seen.path, seen.query) == ("GET", "/api/v1/jobs/recordInfo", {"taskId": "a1"})
    assert seen.headers["authorization"] == "Bearer key"


def test_veo_is_read_under_its_own_address(wire):
    read(wire, veo_record(), "veo")
    assert (wire.seen[0].path, wire.seen[0].query) == ("/api/v1/veo/record-info", {"taskId": "a1"})


@pytest.mark.parametrize(
    "state, expected",
    [
        ("waiting", ("running", "waiting")),
        ("queuing", ("running", "waiting")),
        ("generating", ("running", "generating")),
        ("polishing", ("running", "generating")),
        (None, ("running", "generating")),
    ],
)
def test_whatever_is_not_an_end_is_running(wire, state, expected):
    reading = read(wire, record(state=state))
    assert (reading.state, reading.stage) == expected


def test_a_finished_job_tells_all_it_knows(wire):
    reading = read(
        wire,
        record(
            state="success",
            resultJson=json.dumps({"resultUrls": [URL]}),
            costTime=12,
            completeTime=1_776_000_012_500,
            creditsConsumed=0.8,
        ),
    )
    assert (reading.state, reading.urls, reading.failure) == ("succeeded", (URL,), None)
    assert (reading.seconds, reading.credits, reading.model) == (12.5, Decimal("0.8"), "z-image")
    assert (reading.callback_url, reading.record_present) == (CALLBACK, True)


@pytest.mark.parametrize(
    "result, urls",
    [
        (json.dumps({"resultUrls": [URL, URL + "2"]}), (URL, URL + "2")),
        ({"resultUrls": [URL]}, (URL,)),
        ({"resultUrls": URL}, (URL,)),
        ({"resultUrls": json.dumps([URL])}, (URL,)),
        ({"resultUrls": [URL, None, 7, "file:///etc/passwd"]}, (URL,)),
        ({"resultUrls": []}, ()),
        ({"resultObject": {}}, ()),
        ("", ()),
        (None, ()),
        ("{cut", ()),
        ("[]", ()),
    ],
)
def test_results_are_found_in_every_shape_and_may_be_missing(wire, result, urls):
    reading = read(wire, record(state="success", resultJson=result))
    assert (reading.state, reading.urls) == ("succeeded", urls)


def test_a_result_shown_too_early_is_not_trusted(wire):
    assert read(wire, record(state="waiting", resultJson={"resultUrls": [URL]})).urls == ()


@pytest.mark.parametrize(
    "param, callback, model",
    [
        (None, None, "z-image"),
        ("", None, "z-image"),
        ("not json", None, "z-image"),
        ({"callBackUrl": CALLBACK}, CALLBACK, "z-image"),
        (
            json.dumps({"model": "z-image", "callBackUrl": CALLBACK, "input": {"prompt": "a"}}),
            CALLBACK,
            "z-image",
        ),
        (json.dumps({"callBackUrl": 7}), None, "z-image"),
    ],
)
def test_what_the_task_was_ordered_with_is_read_where_it_is_there(wire, param, callback, model):
    reading = read(wire, record(param=param))
    assert (reading.callback_url, reading.model) == (callback, model)


@pytest.mark.parametrize(
    "progress, expected",
    [(None, None), (0, 0.0), (45, 0.45), ("45", 0.45), (45.5, 0.455), (250, 1.0), (-3, 0.0), ("soon", None)],
)
def test_progress_becomes_a_share_of_one(wire, progress, expected):
    assert read(wire, record(progress=progress)).progress == expected


@pytest.mark.parametrize(
    "changes, seconds",
    [
        ({}, None),
        ({"costTime": 66}, 66.0),
        ({"costTime": "66"}, 66.0),
        ({"costTime": 66_000, "completeTime": 1_776_000_066_000}, 66.0),
        ({"completeTime": "1776000066000"}, 66.0),
        ({"createTime": "2026-09-01 10:00:00", "completeTime": "2026-09-01 10:01:06"}, 66.0),
        ({"createTime": "2026-09-01T10:00:00Z", "completeTime": "2026-09-01T10:01:06Z"}, 66.0),
        ({"completeTime": 1_700_000_000_000}, 0.0),
        ({"createTime": "some time", "completeTime": 5}, None),
    ],
)
def test_times_are_read_in_every_form(wire, changes, seconds):
    assert read(wire, record(**changes)).seconds == seconds


def test_credits_are_found_under_the_older_name_too(wire):
    assert read(wire, record(consumeCredits=104.5)).credits == Decimal("104.5")


@pytest.mark.parametrize("code", [None, "", 500, "500", "E9"])
def test_a_failed_job_has_a_failure_whatever_its_code_looks_like(wire, code):
    reading = read(wire, record(state="fail", failCode=code, failMsg="Models task execute failed."))
    assert (reading.state, reading.urls) == ("failed", ())
    assert (reading.failure.code, reading.failure.retryable) == ("provider_error", True)


@pytest.mark.parametrize("flag, state", [(0, "running"), (1, "succeeded"), ("1", "succeeded"), (2, "failed"),
                                         (3, "failed"), (9, "running"), (None, "running")])  # fmt: skip
def test_veo_says_by_a_flag_how_far_it_is(wire, flag, state):
    assert read(wire, veo_record(successFlag=flag), "veo").state == state


@pytest.mark.parametrize(
    "response",
    [
        {"taskId": "veo_task_1", "resultUrls": [URL], "originUrls": [], "resolution": "720p"},
        {"resultUrls": json.dumps([URL])},
        json.dumps({"resultUrls": [URL]}),
    ],
)
def test_veo_results_are_found_in_every_shape(wire, response):
    reading = read(wire, veo_record(successFlag=1, response=response), "veo")
    assert (reading.urls, reading.model, reading.callback_url) == ((URL,), "veo3_fast", CALLBACK)


def test_veo_without_a_result_has_succeeded_with_nothing(wire):
    reading = read(wire, veo_record(successFlag=1), "veo")
    assert (reading.state, reading.urls) == ("succeeded", ())


def test_a_veo_failure_400_is_its_content_policy(wire):
    reading = read(wire, veo_record(successFlag=3, errorCode=400, errorMessage="Rejected."), "veo")
    assert (reading.failure.code, reading.failure.fault) == ("content_rejected", "user")


def test_a_failure_under_another_envelope_code_is_still_read(wire):
    wire.answer(
        envelope(501, "Playground task failed.", data=record(state="fail", failCode="500", failMsg="x"))
    )
    assert KieClient(wire.base_url, "key").read("jobs", "a1").failure.raw == "500: x"


@pytest.mark.parametrize("code, expected", [(408, "provider_timeout"), (501, "provider_error")])
def test_some_codes_end_the_task_without_a_record(wire, code, expected):
    wire.answer(envelope(code, "No result for a long time"))
    reading = KieClient(wire.base_url, "key").read("jobs", "a1")
    assert (reading.state, reading.failure.code, reading.record_present) == ("failed", expected, False)


# A reading that tells nothing about its task
NO_READINGS = [
    (envelope(422, "recordInfo is null"), RecordMissing),
    (envelope(422, "record is null"), RecordMissing),
    (envelope(404, "Task not found"), RecordMissing),
    (envelope(200, data=None), RecordMissing),
    (envelope(401, "You do not have access permissions"), KeyRefused),
    (envelope(401, "Unauthorized", status=401), KeyRefused),
    (Reply(HTML, status=401), KeyRefused),
    (envelope(402, "Credits insufficient"), OutOfCredit),
    (envelope(429, "Rate limit exceeded"), RateLimited),
    (Reply(HTML, status=429), RateLimited),
    (envelope(433, "Limit reached"), QuotaHold),
    (envelope(455, "Maintenance"), Maintenance),
    (envelope(400, "taskId parameter is required"), ReadFailed),
    (envelope(422, "Something else"), ReadFailed),
    (envelope(500, "Server exception"), ReadFailed),
    (envelope(501, "failed", status=501), ReadFailed),
    (envelope(200, data=record(state="fail"), status=503), ReadFailed),
    (envelope(200, data=[]), ReadFailed),
    (envelope(200, data={"unexpected": 1}), ReadFailed),
    (Reply(HTML, status=403), ReadFailed),
    (Reply(HTML, status=502), ReadFailed),
    (Reply(HTML, status=530), ReadFailed),
    (Reply(HTML), ReadFailed),
    (Reply('{"code":200,"data":{"state":"fa'), ReadFailed),
    (Reply("", status=302, headers={"Location": "https://kie.test/"}), ReadFailed),
    (Reply("", status=302, headers={"Location": "https://[broken/"}), ReadFailed),
    (Reply(cut="before"), ReadFailed),
    (envelope(200, data=record(state="fail"), cut="after"), ReadFailed),
]


@pytest.mark.parametrize("reply, kind", NO_READINGS)
def test_a_failed_reading_never_fails_the_task(wire, reply, kind):
    with pytest.raises(ProviderError) as caught:
        KieClient(wire.answer(reply).base_url, "key").read("jobs", "a1")
    assert type(caught.value) is kind
    assert caught.value.retryable


def test_no_answer_at_all_is_a_failed_reading():
    with pytest.raises(ReadFailed):
        KieClient("http://127.0.0.1:1/api/v1/jobs", "key").read("jobs", "a1")


class TestCredit:
    def test_is_exact_to_the_fraction(self, wire):
        wire.answer(envelope(200, data=5916.25))
        assert KieClient(wire.base_url, "key").credit() == Decimal("5916.25")
        assert wire.seen[0].path == "/api/v1/chat/credit"

    @pytest.mark.parametrize("data", [None, "many", {}])
    def test_that_is_no_number_is_a_failed_reading(self, wire, data):
        wire.answer(envelope(200, data=data))
        with pytest.raises(ProviderError):
            KieClient(wire.base_url, "key").credit()


class TestFreshUrl:
    def test_is_asked_for_with_the_old_one(self, wire):
        wire.answer(envelope(200, data=URL + "?fresh"))
        assert KieClient(wire.base_url, "key").fresh_url(URL) == URL + "?fresh"
        assert (wire.seen[0].path, wire.seen[0].json) == ("/api/v1/common/download-url", {"url": URL})

    def test_that_does_not_exist_says_that_the_result_is_gone(self, wire):
        wire.answer(envelope(422, "url is wrong"))
        with pytest.raises(ResultGone) as caught:
            KieClient(wire.base_url, "key").fresh_url(URL)
        assert (caught.value.code, caught.value.retryable) == ("result_unavailable", False)

    def test_may_be_asked_for_again_after_a_broken_answer(self, wire):
        wire.answer(Reply(HTML, status=502))
        with pytest.raises(ReadFailed):
            KieClient(wire.base_url, "key").fresh_url(URL)


@pytest.mark.parametrize(
    "base, api, jobs, uploads",
    [
        (
            "https://api.kie.ai/api/v1/jobs",
            "https://api.kie.ai/api/v1",
            "https://api.kie.ai/api/v1/jobs",
            "https://kieai.redpandaai.co",
        ),
        (
            "https://api.kie.ai/api/v1/jobs/",
            "https://api.kie.ai/api/v1",
            "https://api.kie.ai/api/v1/jobs",
            "https://kieai.redpandaai.co",
        ),
        (
            "https://api.kie.ai/api/v1",
            "https://api.kie.ai/api/v1",
            "https://api.kie.ai/api/v1/jobs",
            "https://kieai.redpandaai.co",
        ),
        (
            "http://127.0.0.1:8787/api/v1/jobs",
            "http://127.0.0.1:8787/api/v1",
            "http://127.0.0.1:8787/api/v1/jobs",
            "http://127.0.0.1:8787",
        ),
        (
            "http://localhost:8787/api/v1/jobs",
            "http://localhost:8787/api/v1",
            "http://localhost:8787/api/v1/jobs",
            "http://localhost:8787",
        ),
        (
            "http://[::1]:8787/api/v1/jobs",
            "http://[::1]:8787/api/v1",
            "http://[::1]:8787/api/v1/jobs",
            "http://[::1]:8787",
        ),
    ],
)
def test_all_addresses_follow_from_the_configured_one(base, api, jobs, uploads):
    found = roots(base)
    assert (found.api, found.jobs, found.uploads) == (api, jobs, uploads)


def test_an_upload_address_that_is_configured_wins():
    assert roots("http://127.0.0.1:1/api/v1/jobs", "https://up.test/").uploads == "https://up.test"
