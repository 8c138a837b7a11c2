"""Every callback is counted, and of most nothing else is kept."""

import json
import time
import uuid

import pytest
from django.urls import reverse

from accounts.tests.factories import make_user
from generation.models import CallbackCount
from generation.provider import signature
from generation.tests.conftest import run, submit

SECRET = "a key for signatures"


@pytest.fixture
def waiting(sandbox, user, settings):
    settings.KIE_AI_WEBHOOK_HMAC_KEY = SECRET
    settings.GENERATION_POLL_SECONDS = 3600
    return run(submit(user, prompt="a bridge [sandbox:stuck]"), until=["waiting"])


def call(client, task_id, token, *, upstream_id="x", stamp="1") -> None:
    signed = {
        "X-Webhook-Timestamp": stamp,
        "X-Webhook-Signature": signature.sign(upstream_id, stamp, SECRET),
    }
    path = reverse("kie-callback", kwargs={"task_id": task_id, "token": token})
    body = json.dumps({"data": {"taskId": upstream_id}})
    assert client.post(path, body, content_type="application/json", headers=signed).status_code == 200


def counted() -> dict[str, int]:
    return dict(CallbackCount.objects.values_list("outcome", "count"))


def test_a_true_one_is_heeded_and_its_repetition_is_not_needed(client, waiting):
    now = str(int(time.time()))
    for _repetition in range(3):
        call(client, waiting.pk, waiting.callback_token, upstream_id=waiting.external_task_id, stamp=now)
    assert counted() == {"heeded": 1, "not needed": 2}


def test_a_wrong_token_and_an_unknown_task_are_unknown(client, waiting):
    call(client, waiting.pk, "x" * 43)
    call(client, uuid.uuid4(), waiting.callback_token)
    assert counted() == {"unknown": 2}


def test_an_old_signature_is_none(client, waiting):
    call(client, waiting.pk, waiting.callback_token, stamp="1")
    assert counted() == {"unsigned": 1}


@pytest.mark.parametrize("asked, shown", [({}, 2), ({"outcome__exact": "unknown"}, 1)])
def test_the_operator_sees_them_by_day_and_outcome(client, waiting, asked, shown):
    now = str(int(time.time()))
    call(client, waiting.pk, waiting.callback_token, upstream_id=waiting.external_task_id, stamp=now)
    call(client, uuid.uuid4(), waiting.callback_token)
    client.force_login(make_user("boss", is_staff=True))
    rows = client.get(reverse("admin:generation_callbackcount_changelist"), asked).context["cl"].result_list
    assert {row.count for row in rows} == {1}
    assert len(rows) == shown
