"""Ordering: what each answer to a create means; in doubt nobody says that nothing was bought."""

import socket
from types import SimpleNamespace

import pytest

from generation.provider import (
    AddressWrong,
    ContentRejected,
    InputRejected,
    KeyRefused,
    KieClient,
    Maintenance,
    ModelSwitchedOff,
    NotSent,
    OutcomeUnknown,
    OutOfCredit,
    ProviderError,
    QuotaHold,
    RateLimited,
    Refused,
    client,
)
from generation.tests.wire import HTML, Reply, WireServer, envelope

ORDER = SimpleNamespace(family="jobs", model="z-image", input={"prompt": "A pond"})
KEY = "kie-secret-0123456789"


@pytest.fixture
def wire():
    with WireServer() as server:
        yield server


def create(wire, *, timeout=(5, 30)):
    return KieClient(wire.base_url, KEY, timeout=timeout).create(ORDER, callback_url="https://x.test/cb")


def refusal(wire, reply):
    with pytest.raises(ProviderError) as caught:
        create(wire.answer(reply))
    return caught.value


# code and text as the provider sends them under HTTP 200 → error
REFUSALS = [
    (401, "You do not have access permissions", KeyRefused),
    (402, "Credits insufficient: the balance is not enough to run this request", OutOfCredit),
    (422, "The model name you specified is not supported. Please verify your input.", ModelSwitchedOff),
    (422, "Invalid model", ModelSwitchedOff),
    (422, "voiceId cannot be empty", InputRejected),
    (422, "Invalid voice parameter: Rachel. Use one of the listed voices.", InputRejected),
    (422, "Something about the input", InputRejected),
    (422, "Service is currently unavailable due to high demand (E003)", Maintenance),
    (500, "image_urls is required", InputRejected),
    (500, "This field is required", InputRejected),
    (500, "This voice is not within the range of allowed options", InputRejected),
    (500, "text exceeds maximum length", InputRejected),
    (500, "This interface is temporarily paused.", ModelSwitchedOff),
    (500, "Server exception, please try again later", Refused),
    (500, "Internal Error, Please try again later.", Refused),
    (500, None, Refused),
    (501, "Generation failed", Refused),
    (400, "Your prompt was flagged as violating content policies", ContentRejected),
    (400, "Only jpeg/jpg/png image formats are supported", InputRejected),
    (404, "No such path", Refused),
    (429, "Rate limit exceeded", RateLimited),
    (430, "Rejected", ContentRejected),
    (431, "Rejected", ContentRejected),
    (433, "Usage limit of this key exceeded", QuotaHold),
    (451, "Failed to fetch the image", InputRejected),
    (455, "The service is currently under maintenance", Maintenance),
    (505, "This feature is disabled", ModelSwitchedOff),
    (408, "Upstream timed out", OutcomeUnknown),
    (599, "What is this", OutcomeUnknown),
    ("422", "voiceId cannot be empty", InputRejected),
]


@pytest.mark.parametrize("code, message, kind", REFUSALS)
def test_a_refusal_inside_http_200_is_told_by_code_and_sentence(wire, code, message, kind):
    error = refusal(wire, envelope(code, message))
    assert type(error) is kind
    assert str(message or "") in error.raw


# code and text → does it stand in a table? Otherwise an operator is told.
KNOWN = [
    (401, "Whatever it says", True),
    (402, "Whatever it says", True),
    (422, "voiceId cannot be empty", True),
    (422, "Something about the input", False),
    (422, "", True),
    (500, "image_urls is required", True),
    (500, "This interface is temporarily paused.", True),
    (500, "Server exception, please try again later", False),
    (500, "生成失败", False),
    (501, "Generation failed", False),
    (404, "No such path", True),
    (408, "Upstream timed out", True),
    (599, "What is this", False),
]


@pytest.mark.parametrize("code, message, known", KNOWN)
def test_words_that_stand_in_no_table_are_marked(wire, code, message, known):
    assert refusal(wire, envelope(code, message)).known is known


def test_a_page_of_html_is_no_new_word(wire):
    assert refusal(wire, Reply(HTML, status=502)).known


# An answer that something else gave, or that broke: (reply, error)
BROKEN = [
    (Reply(HTML, status=502), OutcomeUnknown),
    (Reply(HTML, status=530), OutcomeUnknown),
    (Reply(HTML), OutcomeUnknown),
    (Reply("", status=200), OutcomeUnknown),
    (Reply('{"code":200,"msg":"succ'), OutcomeUnknown),
    (Reply("[" * 100_000), OutcomeUnknown),
    (Reply([200]), OutcomeUnknown),
    (Reply({"code": True}), OutcomeUnknown),
    (Reply({"status": "ok"}), OutcomeUnknown),
    (envelope(500, "image_urls is required", status=500), OutcomeUnknown),
    (envelope(455, "maintenance", status=503), OutcomeUnknown),
    (envelope(200, data=None), OutcomeUnknown),
    (envelope(200, data={}), OutcomeUnknown),
    (envelope(200, data={"taskId": ""}), OutcomeUnknown),
    (envelope(200, data={"taskId": "two words"}), OutcomeUnknown),
    (envelope(200, data={"taskId": "x" * 129}), OutcomeUnknown),
    (envelope(200, data="a1b2"), OutcomeUnknown),
    (envelope(422, "voiceId cannot be empty", data={"taskId": "a1b2"}), OutcomeUnknown),
    (Reply(cut="before"), OutcomeUnknown),
    (envelope(200, data={"taskId": "a1b2"}, cut="after"), OutcomeUnknown),
    (Reply(HTML, status=401), KeyRefused),
    (Reply(HTML, status=403), AddressWrong),
    (Reply(HTML, status=404), AddressWrong),
    (Reply("", status=301, headers={"Location": "https://kie.test/"}), AddressWrong),
    (Reply("", status=302, headers={"Location": "https://[broken/"}), OutcomeUnknown),
    (Reply(HTML, status=429), RateLimited),
    (Reply(HTML, status=400), Refused),
    (envelope(401, "You do not have access permissions", status=401), KeyRefused),
    (envelope(429, "Too many", status=429), RateLimited),
]


@pytest.mark.parametrize("reply, kind", BROKEN)
def test_a_broken_answer_is_doubt_unless_it_came_from_before_the_api(wire, reply, kind):
    assert type(refusal(wire, reply)) is kind


# error: may it be tried again, was anything created, whose fault, our code
ANSWERS = [
    (NotSent, True, "no", "provider", "provider_error"),
    (RateLimited, True, "no", "provider", "provider_error"),
    (Maintenance, True, "no", "provider", "provider_error"),
    (QuotaHold, True, "no", "operator", "provider_error"),
    (OutOfCredit, True, "no", "operator", "provider_error"),
    (KeyRefused, True, "no", "operator", "provider_error"),
    (AddressWrong, True, "no", "operator", "provider_error"),
    (ModelSwitchedOff, False, "no", "operator", "model_unavailable"),
    (InputRejected, False, "no", "user", "invalid_input"),
    (ContentRejected, False, "no", "user", "content_rejected"),
    (Refused, False, "no", "provider", "provider_error"),
    (OutcomeUnknown, False, "unknown", "provider", "provider_timeout"),
]


@pytest.mark.parametrize("kind, retryable, created, fault, code", ANSWERS)
def test_an_error_answers_what_to_do_next(kind, retryable, created, fault, code):
    error = kind("raw text")
    assert (error.retryable, error.created, error.fault, error.code) == (retryable, created, fault, code)
    assert error.raw == "raw text"
    assert "raw text" not in str(error.detail)


def test_an_accepted_order_gives_its_id(wire):
    assert create(wire.answer(envelope(200, data={"taskId": "task_wan_17", "recordId": "task_wan_17"}))) == (
        "task_wan_17"
    )


def test_an_order_is_sent_once_with_our_key_and_our_name(wire):
    refusal(wire, Reply(HTML, status=502))
    assert len(wire.seen) == 1
    assert wire.seen[0].headers["authorization"] == f"Bearer {KEY}"
    assert wire.seen[0].headers["user-agent"] == "SmartSpecPro/1.0 (+https://smartspec.app)"
    assert wire.seen[0].headers["content-type"] == "application/json"


def test_without_a_callback_address_none_is_sent(wire):
    wire.answer(envelope(200, data={"taskId": "a1"}))
    KieClient(wire.base_url, KEY).create(ORDER, callback_url="")
    assert wire.seen[0].json == {"model": "z-image", "input": {"prompt": "A pond"}}


def test_the_time_to_wait_is_taken_from_the_answer(wire):
    error = refusal(wire, envelope(429, "Rate limit exceeded", status=429, headers={"Retry-After": "7"}))
    assert error.retry_after == 7


@pytest.mark.parametrize("value", ["soon", "-1", "Wed, 21 Oct 2026 07:28:00 GMT", "9" * 30])
def test_an_odd_time_to_wait_is_left_out(wire, value):
    assert refusal(wire, envelope(429, "Slow down", headers={"Retry-After": value})).retry_after is None


def test_a_refused_connection_bought_nothing():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{closed.getsockname()[1]}/api/v1/jobs"
    with pytest.raises(NotSent):
        KieClient(base, KEY).create(ORDER, callback_url="")


def test_a_failed_handshake_bought_nothing(wire):
    with pytest.raises(NotSent):
        KieClient(wire.base_url.replace("http", "https"), KEY).create(ORDER, callback_url="")


def test_silence_after_sending_is_doubt():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        base = f"http://127.0.0.1:{silent.getsockname()[1]}/api/v1/jobs"
        with pytest.raises(OutcomeUnknown):
            KieClient(base, KEY, timeout=(1, 0.1)).create(ORDER, callback_url="")


def test_a_redirect_is_not_followed(wire):
    refusal(wire, Reply("", status=307, headers={"Location": f"{wire.url}/elsewhere"}))
    assert [seen.path for seen in wire.seen] == ["/api/v1/jobs/createTask"]


def test_an_endless_answer_is_cut_off(wire):
    error = refusal(wire, Reply("x" * 5_000_000))
    assert type(error) is OutcomeUnknown
    assert len(error.raw) <= 2_000


class TestTheKeyStaysSecret:
    def test_when_the_provider_echoes_it(self, wire):
        error = refusal(wire, envelope(401, f"Unknown key {KEY}"))
        assert KEY not in f"{error} {error!r} {error.raw} {error.detail}"
        assert "[key]" in error.raw

    def test_in_what_the_client_shows_of_itself(self, wire):
        kie = KieClient(wire.base_url, KEY)
        assert KEY not in repr(kie)
        assert KEY not in repr(vars(kie))

    def test_in_the_causes_of_an_error(self):
        with pytest.raises(NotSent) as caught:
            KieClient("http://127.0.0.1:1/api/v1/jobs", KEY).create(ORDER, callback_url="")
        error = caught.value
        while error is not None:
            assert KEY not in repr(vars(error))
            assert not hasattr(error, "request")
            error = error.__cause__ or error.__context__

    def test_when_it_cannot_stand_in_a_header(self, wire):
        wire.answer(envelope(200, data={"taskId": "a1"}))
        KieClient(wire.base_url, f" {KEY}\r\n").create(ORDER, callback_url="")
        assert wire.seen[0].headers["authorization"] == f"Bearer {KEY}"


def test_the_client_of_the_settings_is_kept_and_follows_them(settings):
    settings.KIE_AI_BASE_URL = "https://one.test/api/v1/jobs"
    first = client()
    assert client() is first
    settings.KIE_AI_BASE_URL = "https://two.test/api/v1/jobs"
    assert repr(client()) == "KieClient('https://two.test/api/v1/jobs')"


def test_cookies_of_the_provider_are_not_sent_back(wire):
    kie = KieClient(wire.base_url, KEY)
    wire.answer(envelope(200, data=1.5, headers={"Set-Cookie": "JSESSIONID=1"}), envelope(200, data=1.5))
    kie.credit()
    kie.credit()
    assert "cookie" not in wire.seen[1].headers


def test_raw_text_can_be_kept_in_a_database(wire):
    error = refusal(wire, envelope(500, "bad \0 text \ud800"))
    assert "\0" not in error.raw
    error.raw.encode()
