"""A model that is to end says so: on its document, on quotes, and on whatever was ordered with it."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError

from generation.models import ModelSwitch

pytestmark = pytest.mark.django_db

NOTICE, END = datetime(2026, 3, 1, tzinfo=UTC), datetime(2099, 6, 1, 12, tzinfo=UTC)
TOLD = ("@1772323200", "Mon, 01 Jun 2099 12:00:00 GMT")
FLUX = {"model_id": "flux-2", "prompt": "a lighthouse"}


def announce(**changes) -> ModelSwitch:
    row = {"model_id": "flux-2", "is_on": True, "deprecated_at": NOTICE, "sunset_at": END} | changes
    return ModelSwitch.objects.create(**row)


def told(answer) -> tuple[str | None, str | None]:
    return answer.headers.get("Deprecation"), answer.headers.get("Sunset")


def test_the_models_document_names_both_dates(api, sandbox):
    announce()
    answer = api.get("/api/v1/generation/models/flux-2")
    document = answer.json()
    assert told(answer) == TOLD
    assert (document["status"], document["is_active"]) == ("deprecated", True)
    assert document["deprecated_at"] == "2026-03-01T00:00:00Z"
    assert document["sunset_at"] == "2099-06-01T12:00:00Z"


def test_quotes_orders_retries_and_tasks_tell_it_too(api, sandbox):
    announce()
    quote = api.post("/api/v1/generation/quote", FLUX, content_type="application/json")
    order = api.post("/api/v1/generation/image", FLUX, content_type="application/json")
    task = api.get(order["Location"])
    again = api.post(f"{order['Location']}/retry")
    assert [answer.status_code for answer in (quote, order, task, again)] == [200, 202, 200, 202]
    assert {told(answer) for answer in (quote, order, task, again)} == {TOLD}


def test_a_model_that_stays_says_nothing(api, sandbox):
    announce()
    answer = api.get("/api/v1/generation/models/z-image")
    assert told(answer) == (None, None)
    assert (answer.json()["deprecated_at"], answer.json()["sunset_at"]) == (None, None)


def test_a_notice_for_later_is_told_at_once_and_changes_nothing_yet(api, sandbox):
    announce(deprecated_at=datetime(2098, 1, 1, tzinfo=UTC))
    answer = api.get("/api/v1/generation/models/flux-2")
    assert answer.json()["status"] == "beta"
    assert told(answer)[0] == "@4039372800"


def test_after_its_end_a_model_takes_no_more_requests(api, sandbox, user):
    announce(sunset_at=datetime(2026, 4, 1, tzinfo=UTC))
    answer = api.post("/api/v1/generation/image", FLUX, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (409, "model_unavailable")
    document = api.get("/api/v1/generation/models/flux-2").json()
    assert document["availability"]["available"] is False
    assert document["availability"]["since"] == "2026-04-01T00:00:00Z"


def test_no_model_ends_before_its_notice():
    with pytest.raises(IntegrityError):
        announce(deprecated_at=END, sunset_at=NOTICE)
