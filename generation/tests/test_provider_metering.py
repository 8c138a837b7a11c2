"""What is counted of the calls of the provider."""

import pytest

from generation.provider.answers import Answer
from generation.provider.errors import ProviderError
from generation.provider.kie import KieClient
from generation.provider.metering import Call, metered
from smartspec.lib.counts import OWN
from smartspec.lib.processes import free_port


def calls(kind: str, answer: str) -> float:
    labels = {"call": kind, "answer": answer}
    return OWN.get_sample_value("smartspec_provider_seconds_count", labels) or 0


def test_an_answer_is_counted_under_what_was_asked(running_sandbox):
    before = calls("balance", "200")
    KieClient(f"{running_sandbox.url}/api/v1/jobs", running_sandbox.key).credit()
    assert calls("balance", "200") == before + 1


def test_a_refusal_is_counted_by_the_code_inside(running_sandbox):
    before = calls("balance", "401")
    with pytest.raises(ProviderError):
        KieClient(f"{running_sandbox.url}/api/v1/jobs", "another-key").credit()
    assert calls("balance", "401") == before + 1


def test_where_nobody_answers_that_is_counted():
    before = calls("balance", "none")
    with pytest.raises(ProviderError):
        KieClient(f"http://127.0.0.1:{free_port()}/api/v1/jobs", "key").credit()
    assert calls("balance", "none") == before + 1


@pytest.mark.parametrize(
    "path, kind",
    [
        ("/api/v1/jobs/createTask", "order"),
        ("/api/v1/veo/generate", "order"),
        ("/api/v1/jobs/recordInfo?taskId=1", "reading"),
        ("/api/v1/veo/record-info?taskId=1", "reading"),
        ("/api/v1/chat/credit", "balance"),
        ("/api/v1/common/download-url", "link"),
        ("/api/file-stream-upload", "upload"),
        ("/something/of/tomorrow", "other"),
    ],
)
def test_addresses_have_names_of_what_they_are_for(path, kind):
    with metered(f"https://kie.test{path}") as call:
        assert call.kind == kind


@pytest.mark.parametrize(
    "answer, outcome",
    [
        (None, "none"),
        (Answer(200, '{"code": 200, "data": {}}'), "200"),
        (Answer(200, '{"code": 422, "msg": "no"}'), "422"),
        (Answer(502, "<html>"), "502"),
        (Answer(200, '{"code": 123456}'), "other"),
    ],
)
def test_outcomes_are_few(answer, outcome):
    assert Call("order", answer).outcome == outcome
