"""A callback is a hint: the right one wakes a reading, every other one changes nothing."""

import json
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from generation import states
from generation.models import GenerationTask
from generation.provider import signature
from generation.tests.conftest import creates, run, submit

SAME_ANSWER = {"code": 200, "msg": "success"}


@pytest.fixture
def waiting(sandbox, user):
    task = run(submit(user, prompt="a bridge [sandbox:stuck]"), until=["waiting"])
    GenerationTask.objects.filter(pk=task.pk).update(due_at=timezone.now() + timedelta(hours=1))
    return GenerationTask.objects.get(pk=task.pk)


def call(client, task, token=None, body=None, **headers):
    path = reverse("kie-callback", kwargs={"task_id": task.pk, "token": token or task.callback_token})
    content = body if isinstance(body, str) else json.dumps(body or {})
    return client.post(path, content, content_type="application/json", headers=headers)


def is_woken(task) -> bool:
    return GenerationTask.objects.get(pk=task.pk).due_at <= timezone.now()


def test_the_right_token_wakes_a_reading(client, waiting):
    answer = call(client, waiting)
    assert (answer.status_code, answer.json()) == (200, SAME_ANSWER)
    assert is_woken(waiting)


@pytest.mark.parametrize(
    "body", ["", "not json", "[1, 2]", '{"data": 5}', '{"data": {"taskId": {"x": 1}}}', "[" * 100_000]
)
def test_a_strange_body_gets_the_same_answer(client, waiting, body):
    answer = call(client, waiting, body=body)
    assert (answer.status_code, answer.json()) == (200, SAME_ANSWER)


def test_a_wrong_token_changes_nothing_and_hears_the_same(client, waiting):
    before = GenerationTask.objects.values().get(pk=waiting.pk)
    answer = call(client, waiting, token="x" * 43, body={"data": {"taskId": "forged", "state": "success"}})
    assert (answer.status_code, answer.json()) == (200, SAME_ANSWER)
    assert GenerationTask.objects.values().get(pk=waiting.pk) == before


def test_an_unknown_task_hears_the_same(client, sandbox, db):
    path = reverse("kie-callback", kwargs={"task_id": uuid.uuid4(), "token": "x"})
    assert client.post(path, "{}", content_type="application/json").json() == SAME_ANSWER


def test_a_callback_never_decides_the_outcome(client, waiting):
    forged = {"code": 200, "data": {"taskId": waiting.external_task_id, "state": "success"}}
    forged["data"]["resultJson"] = json.dumps({"resultUrls": ["https://evil.example/x.png"]})
    call(client, waiting, body=forged)
    run(waiting, until=["waiting"])
    waiting.refresh_from_db()
    assert waiting.state == states.WAITING


def test_repeated_callbacks_wake_at_most_once_in_two_seconds(client, waiting):
    call(client, waiting)
    GenerationTask.objects.filter(pk=waiting.pk).update(due_at=timezone.now() + timedelta(hours=1))
    call(client, waiting)
    assert not is_woken(waiting)


def test_with_a_secret_an_unsigned_callback_is_not_believed(client, waiting, settings):
    settings.KIE_AI_WEBHOOK_HMAC_KEY = "secret"
    call(client, waiting, body={"data": {"taskId": waiting.external_task_id}})
    assert not is_woken(waiting)


@pytest.mark.parametrize(
    "skew, believed", [(0, True), (290, True), (-290, True), (301, False), (-301, False)]
)
def test_a_signature_counts_for_five_minutes(client, waiting, settings, skew, believed):
    settings.KIE_AI_WEBHOOK_HMAC_KEY = "secret"
    stamp = str(int(timezone.now().timestamp()) + skew)
    signed = signature.sign(waiting.external_task_id, stamp, "secret")
    headers = {"X-Webhook-Timestamp": stamp, "X-Webhook-Signature": signed}
    call(client, waiting, body={"data": {"taskId": waiting.external_task_id}}, **headers)
    assert is_woken(waiting) is believed


def test_a_callback_resolves_an_order_whose_answer_was_lost(client, sandbox, user):
    task = run(submit(user, prompt="a bridge [sandbox:drop]"), until=["unconfirmed"])
    order = sandbox.desk.journal.all()[0]
    call(client, task, body={"data": {"taskId": order.id}})
    done = run(task)
    assert (done.status, done.external_task_id) == ("completed", order.id)
    assert creates(sandbox) == 1


def test_somebody_elses_order_is_not_taken_for_ours(client, sandbox, user):
    other = run(submit(user, prompt="another bridge"))
    task = run(submit(user, prompt="a bridge [sandbox:drop]"), until=["unconfirmed"])
    call(client, task, body={"data": {"taskId": other.external_task_id}})
    run(task, until=["unconfirmed"])
    task.refresh_from_db()
    assert (task.state, task.external_task_id) == (states.UNCONFIRMED, None)
