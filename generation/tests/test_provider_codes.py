"""Every code of the provider in each place where it may stand: order, reading, record of a failed task."""

import pytest

from generation.provider import (
    AddressWrong,
    ContentRejected,
    InputRejected,
    KeyRefused,
    KieClient,
    Maintenance,
    ModelSwitchedOff,
    OutcomeUnknown,
    OutOfCredit,
    ProviderError,
    QuotaHold,
    RateLimited,
    ReadFailed,
    RecordMissing,
    Refused,
)
from generation.provider.failures import failure
from generation.tests.test_provider_orders import ORDER
from generation.tests.wire import HTML, Reply, WireServer, envelope

# code and what it is called; the error of an order; the error of a reading, or the code with which the task
# has then failed; what `failCode` or Veo's `errorCode` makes of the task (jobs, Veo when it differs).
CODES = [
    (400, "bad parameter", InputRejected, ReadFailed, "invalid_input", "content_rejected"),
    (401, "key missing or invalid", KeyRefused, KeyRefused, "provider_error", ""),
    (402, "not enough credits", OutOfCredit, OutOfCredit, "provider_error", ""),
    (404, "no such record", Refused, RecordMissing, "provider_error", ""),
    (408, "stalled for ten minutes", OutcomeUnknown, "provider_timeout", "provider_timeout", ""),
    (422, "validation", InputRejected, ReadFailed, "provider_error", ""),
    (422, "recordInfo is null", InputRejected, RecordMissing, "provider_error", ""),
    (429, "rate limit", RateLimited, RateLimited, "provider_error", ""),
    (430, "content", ContentRejected, "content_rejected", "content_rejected", ""),
    (431, "content", ContentRejected, "content_rejected", "content_rejected", ""),
    (433, "limit of a sub-key", QuotaHold, QuotaHold, "provider_error", ""),
    (451, "cannot fetch the image", InputRejected, "provider_error", "provider_error", ""),
    (455, "maintenance", Maintenance, Maintenance, "provider_error", ""),
    (500, "server error", Refused, ReadFailed, "provider_error", ""),
    (501, "generation failed", Refused, "provider_error", "provider_error", ""),
    (505, "feature disabled", ModelSwitchedOff, "model_unavailable", "model_unavailable", ""),
]
# What Cloudflare says in front of the API, in HTML: (status, order, reading).
IN_FRONT = [
    (403, AddressWrong, ReadFailed),  # error 1010: a client that it does not like
    (502, OutcomeUnknown, ReadFailed),
    (530, OutcomeUnknown, ReadFailed),  # error 1033: the origin is away
]


@pytest.fixture
def wire():
    with WireServer() as server:
        yield server


def error_of(act) -> type[ProviderError]:
    with pytest.raises(ProviderError) as caught:
        act()
    return type(caught.value)


def ordered(wire, reply) -> type[ProviderError]:
    kie = KieClient(wire.answer(reply).base_url, "key")
    return error_of(lambda: kie.create(ORDER, callback_url="https://x.test/cb"))


def read(wire, family, reply) -> object:
    """The error's type, or the code of a task that has failed."""
    kie = KieClient(wire.answer(reply).base_url, "key")
    try:
        return kie.read(family, "a1").failure.code
    except ProviderError as error:
        return type(error)


@pytest.mark.parametrize("code, said, order", [row[:3] for row in CODES])
def test_in_the_answer_to_an_order(wire, code, said, order):
    assert ordered(wire, envelope(code, said)) is order


@pytest.mark.parametrize("family", ["jobs", "veo"])
@pytest.mark.parametrize("code, said, reading", [(row[0], row[1], row[3]) for row in CODES])
def test_in_the_answer_to_a_question(wire, family, code, said, reading):
    found = read(wire, family, envelope(code, said))
    assert found == reading


@pytest.mark.parametrize("code, said, jobs, veo", [(row[0], row[1], *row[4:]) for row in CODES])
def test_in_the_record_of_a_failed_task(code, said, jobs, veo):
    assert failure("jobs", str(code), said).code == jobs
    assert failure("veo", code, said).code == (veo or jobs)


@pytest.mark.parametrize("status, order, reading", IN_FRONT)
def test_on_a_page_of_html(wire, status, order, reading):
    assert ordered(wire, Reply(HTML, status=status)) is order
    assert read(wire, "jobs", Reply(HTML, status=status)) is reading


@pytest.mark.parametrize("code", sorted({row[0] for row in CODES} - {408, 430, 431, 451, 501, 505}))
def test_no_other_number_ends_a_task_that_was_only_asked_about(wire, code):
    assert isinstance(read(wire, "jobs", envelope(code, "")), type)
