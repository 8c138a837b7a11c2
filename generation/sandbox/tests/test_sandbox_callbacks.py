"""Callbacks: their bodies, signatures and repetitions, sent over real sockets."""

import base64
import hashlib
import hmac
import json
import time

import pytest

from generation.sandbox.callbacks import Messenger
from generation.sandbox.server import Sandbox

from .conftest import Customer, eventually


def image(prompt: str) -> dict:
    return {"prompt": prompt, "aspect_ratio": "1:1"}


def first_letter(mailbox) -> tuple[dict, dict]:
    eventually(lambda: mailbox.letters)
    headers, body = mailbox.letters[0]
    return headers, json.loads(body)


def test_a_success_is_told_with_the_whole_record(customer, mailbox):
    task_id = customer.task("z-image", image("a lotus"), callBackUrl=mailbox.url)
    headers, body = first_letter(mailbox)
    assert (body["code"], body["msg"]) == (200, "Playground task completed successfully.")
    assert (body["data"]["taskId"], body["data"]["state"]) == (task_id, "success")
    assert json.loads(body["data"]["resultJson"])["resultUrls"]
    assert body["data"]["creditsConsumed"] == 0.8
    assert "X-Webhook-Signature" not in headers


def test_a_failure_is_told_with_its_code(customer, mailbox):
    customer.task("z-image", image("[sandbox:fail=501]"), callBackUrl=mailbox.url)
    _headers, body = first_letter(mailbox)
    assert (body["code"], body["msg"]) == (501, "Playground task failed.")
    assert (body["data"]["failCode"], body["data"]["creditsConsumed"]) == ("501", 0)


def test_veo_tells_in_its_own_shape(customer, mailbox):
    body = {"prompt": "the sea", "model": "veo3_lite", "duration": 4, "callBackUrl": mailbox.url}
    task_id = customer.post("/api/v1/veo/generate", body).json()["data"]["taskId"]
    eventually(lambda: mailbox.letters, 60)
    _headers, told = first_letter(mailbox)
    assert (told["code"], told["data"]["taskId"]) == (200, task_id)
    assert told["data"]["info"]["resultUrls"][0].endswith(".mp4")
    assert told["data"]["fallbackFlag"] is False


def test_a_moderated_veo_task_is_told_as_400(customer, mailbox):
    body = {"prompt": "x [sandbox:moderated]", "model": "veo3", "callBackUrl": mailbox.url}
    customer.post("/api/v1/veo/generate", body)
    _headers, told = first_letter(mailbox)
    assert told["code"] == 400


def test_an_answer_other_than_200_is_tried_again(customer, mailbox):
    mailbox.statuses = [500, 404]
    customer.task("z-image", image("[sandbox:no-urls]"), callBackUrl=mailbox.url)
    eventually(lambda: len(mailbox.letters) == 3)
    assert len({body for _headers, body in mailbox.letters}) == 1


def test_four_attempts_are_all(mailbox):
    mailbox.statuses = [500] * 9
    messenger = Messenger(speed=1000)
    messenger.send(mailbox.url, {"data": {"taskId": "a"}})
    eventually(lambda: len(mailbox.letters) == 4)
    messenger.stop()
    assert len(mailbox.statuses) == 5


def test_a_lost_callback_is_never_sent(customer, mailbox):
    customer.finished(customer.task("z-image", image("[sandbox:no-callback]"), callBackUrl=mailbox.url))
    customer.task("z-image", image("[sandbox:no-urls]"), callBackUrl=mailbox.url)
    _headers, body = first_letter(mailbox)
    assert json.loads(body["data"]["resultJson"]) == {"resultUrls": []}


def test_a_callback_can_come_twice(customer, mailbox):
    customer.task("z-image", image("[sandbox:twice] [sandbox:no-urls]"), callBackUrl=mailbox.url)
    eventually(lambda: len(mailbox.letters) == 2)


@pytest.fixture
def signing(tmp_path):
    with Sandbox(tmp_path, speed=100, hmac_key="whsec") as sandbox:
        yield Customer(sandbox)


def test_with_a_key_the_id_and_the_time_are_signed(signing, mailbox):
    task_id = signing.task("z-image", image("[sandbox:no-urls]"), callBackUrl=mailbox.url)
    headers, _body = first_letter(mailbox)
    signing.session.close()
    message = f"{task_id}.{headers['X-Webhook-Timestamp']}".encode()
    expected = base64.b64encode(hmac.new(b"whsec", message, hashlib.sha256).digest()).decode()
    assert headers["X-Webhook-Signature"] == expected


def told_with(signing, mailbox, words: str, *, letters: int = 1) -> list[tuple[dict, dict]]:
    signing.task("z-image", image(f"{words} [sandbox:no-urls]"), callBackUrl=mailbox.url)
    eventually(lambda: len(mailbox.letters) >= letters)
    signing.session.close()
    return [(headers, json.loads(body)) for headers, body in mailbox.letters]


def test_a_callback_can_come_unsigned(signing, mailbox):
    ((headers, _body),) = told_with(signing, mailbox, "[sandbox:unsigned]")
    assert "X-Webhook-Signature" not in headers


def test_a_callback_can_be_signed_by_a_clock_that_is_off(signing, mailbox):
    ((headers, _body),) = told_with(signing, mailbox, "[sandbox:skew=-3600]")
    assert 3500 < time.time() - int(headers["X-Webhook-Timestamp"]) < 3700


def test_a_forged_callback_lies_and_is_signed_by_somebody_else(signing, mailbox):
    letters = told_with(signing, mailbox, "[sandbox:forged]", letters=2)
    assert sorted(body["data"]["state"] for _headers, body in letters) == ["fail", "success"]
    assert len({headers["X-Webhook-Signature"] for headers, _body in letters}) == 2


def test_a_callback_can_come_before_the_answer(customer, mailbox):
    customer.task("z-image", image("[sandbox:early] [sandbox:stuck]"), callBackUrl=mailbox.url)
    assert len(mailbox.letters) == 1


def test_a_callback_can_come_late(customer, mailbox):
    task_id = customer.task("z-image", image("[sandbox:late=0.5] [sandbox:no-urls]"), callBackUrl=mailbox.url)
    customer.finished(task_id)
    assert mailbox.letters == []
    eventually(lambda: mailbox.letters)
