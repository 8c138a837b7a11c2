"""Every upstream model once: what is sent, what comes back in its own odd shape, what we make of it.

Records are written as they come over the wire: `param` is JSON text whose `input` is JSON text again,
`resultJson` is text too, `costTime` counts seconds and the other times milliseconds.
"""

import json
from decimal import Decimal

import pytest

from generation import catalogue
from generation.provider import KieClient
from generation.tests.wire import WireServer, envelope
from generation.tests.wire.answers import BEGUN, CALLBACK, ENDED, ID, JOBS, VEO, VEO_ID, Row


@pytest.fixture
def wire():
    with WireServer() as server:
        yield server


def record(row: Row) -> dict:
    """The ten keys that were in every record seen, and what this model adds."""
    order = json.dumps(row.sent, ensure_ascii=False)
    return {
        "taskId": ID,
        "model": row.upstream,
        "state": "success",
        "param": json.dumps({"input": order, "model": row.upstream, "callBackUrl": CALLBACK}),
        "resultJson": row.result,
        "failCode": None,
        "failMsg": None,
        "costTime": 48,
        "completeTime": ENDED,
        "createTime": BEGUN,
    } | row.more


def veo_record(row: Row) -> dict:
    return {
        "taskId": VEO_ID,
        "paramJson": json.dumps(row.sent | {"model": row.upstream, "callBackUrl": CALLBACK}),
        "createTime": BEGUN,
        "completeTime": ENDED,
        "successFlag": 1,
        "response": row.result,
        "errorCode": None,
        "errorMessage": "",
        "fallbackFlag": False,
    } | row.more


def ordered(wire: WireServer, row: Row, upstream_id: str) -> tuple[dict, Decimal]:
    """What is sent for the row's body, and what it costs with us."""
    spec = catalogue.get_model(row.ours)
    given = {name: urls if spec.by_name[name].is_list else urls[0] for name, urls in row.given.items()}
    accepted = catalogue.accept(spec, row.body | given)
    request = catalogue.upstream_request(spec, accepted.prompt, accepted.options, row.given)
    wire.answer(envelope(200, data={"taskId": upstream_id, "recordId": upstream_id}))
    assert KieClient(wire.base_url, "key").create(request, callback_url=CALLBACK) == upstream_id
    return wire.seen[-1].json, catalogue.quote(spec, accepted.prompt, accepted.options).credits


def told(reading) -> tuple:
    return reading.state, reading.urls, reading.seconds, reading.credits, reading.failure


def expected(row: Row) -> tuple:
    return "succeeded", row.urls, row.seconds, None if row.cost is None else Decimal(row.cost), None


@pytest.mark.parametrize("row", JOBS, ids=str)
def test_a_job_is_ordered_and_its_answer_understood(wire, row):
    sent, price = ordered(wire, row, ID)
    assert sent == {"model": row.upstream, "input": row.sent, "callBackUrl": CALLBACK}
    assert price == Decimal(row.price)
    wire.answer(envelope(200, data=record(row)))
    reading = KieClient(wire.base_url, "key").read("jobs", ID)
    assert told(reading) == expected(row)
    assert (reading.model, reading.callback_url) == (row.upstream, CALLBACK)


@pytest.mark.parametrize("row", JOBS, ids=str)
def test_a_job_that_still_runs_has_no_results(wire, row):
    running = {"state": "generating", "resultJson": "", "completeTime": None, "costTime": None}
    wire.answer(envelope(200, data=record(row) | running))
    reading = KieClient(wire.base_url, "key").read("jobs", ID)
    assert (reading.state, reading.stage, reading.urls, reading.failure) == (
        "running",
        "generating",
        (),
        None,
    )


@pytest.mark.parametrize("row", VEO, ids=str)
def test_a_veo_film_is_ordered_and_its_answer_understood(wire, row):
    sent, price = ordered(wire, row, VEO_ID)
    assert sent == {**row.sent, "model": row.upstream, "callBackUrl": CALLBACK}
    assert price == Decimal(row.price)
    wire.answer(envelope(200, data=veo_record(row)))
    reading = KieClient(wire.base_url, "key").read("veo", VEO_ID)
    assert told(reading) == expected(row)
    assert (reading.model, reading.callback_url) == (row.upstream, CALLBACK)


@pytest.mark.parametrize("row", VEO, ids=str)
def test_a_veo_film_that_still_runs_has_no_results(wire, row):
    running = {"successFlag": 0, "response": None, "completeTime": None}
    wire.answer(envelope(200, data=veo_record(row) | running))
    reading = KieClient(wire.base_url, "key").read("veo", VEO_ID)
    assert (reading.state, reading.urls, reading.failure) == ("running", (), None)


def test_the_tables_have_every_model_and_every_name_of_it_upstream():
    wanted = {(spec.id, each.model) for spec in catalogue.ALL_MODELS.values() for each in spec.variants}
    assert {(row.ours, row.upstream) for row in JOBS + VEO} == wanted
    assert len({row.ours for row in JOBS + VEO}) == 13
