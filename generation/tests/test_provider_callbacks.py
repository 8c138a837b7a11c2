"""Callbacks: whose task they name, and whether the provider signed that."""

import pytest

from generation.provider.callbacks import upstream_id_of
from generation.provider.signature import verify

KEY = "webhook-key"
NOW = 1_776_000_000
# printf 'a1b2.1776000000' | openssl dgst -sha256 -hmac webhook-key -binary | base64
SIGNATURE = "SRNd5VODRXbBnCeabtEB0QljfGBeFM915+UNNYM+LRg="
HEADERS = {"X-Webhook-Timestamp": str(NOW), "X-Webhook-Signature": SIGNATURE}
BODY = {"code": 200, "msg": "Playground task completed successfully.", "data": {"taskId": "a1b2"}}


@pytest.mark.parametrize(
    "body, upstream_id",
    [
        (BODY, "a1b2"),
        ({"code": 200, "data": {"task_id": "a1b2"}}, "a1b2"),
        ({"taskId": "a1b2"}, "a1b2"),
        ({"task_id": "a1b2", "data": None}, "a1b2"),
        ({"data": {"taskId": "veo_task_1"}, "taskId": "other"}, "veo_task_1"),
        ({"data": {"taskId": 7}, "taskId": "other"}, None),
        ({"data": {"taskId": ""}}, None),
        ({"data": {"taskId": "two words"}}, None),
        ({"data": {"taskId": "x\0"}}, None),
        ({"data": {"taskId": "x" * 129}}, None),
        ({"data": ["taskId"]}, None),
        ({}, None),
        ([], None),
        ("a1b2", None),
        (None, None),
    ],
)
def test_only_the_id_is_read_from_a_callback(body, upstream_id):
    assert upstream_id_of(body) == upstream_id


def test_a_right_signature_is_believed():
    assert verify(HEADERS, BODY, KEY, NOW)


def test_header_names_may_come_in_any_case():
    assert verify({name.lower(): value for name, value in HEADERS.items()}, BODY, KEY, NOW)


@pytest.mark.parametrize("late", [-300, 300])
def test_five_minutes_of_skew_are_allowed(late):
    assert verify(HEADERS, BODY, KEY, NOW + late)


@pytest.mark.parametrize("late", [-301, 301, 10**9])
def test_more_skew_is_not(late):
    assert not verify(HEADERS, BODY, KEY, NOW + late)


@pytest.mark.parametrize(
    "headers, body, key",
    [
        ({}, BODY, KEY),
        ({"X-Webhook-Timestamp": str(NOW)}, BODY, KEY),
        ({"X-Webhook-Signature": SIGNATURE}, BODY, KEY),
        (HEADERS | {"X-Webhook-Signature": "ü"}, BODY, KEY),
        (HEADERS | {"X-Webhook-Signature": SIGNATURE.swapcase()}, BODY, KEY),
        (HEADERS | {"X-Webhook-Timestamp": str(NOW + 1)}, BODY, KEY),
        (HEADERS | {"X-Webhook-Timestamp": f"{NOW}.0"}, BODY, KEY),
        (HEADERS | {"X-Webhook-Timestamp": "9" * 5_000}, BODY, KEY),
        (HEADERS | {"X-Webhook-Timestamp": "now"}, BODY, KEY),
        (HEADERS, {"data": {"taskId": "a1b3"}}, KEY),
        (HEADERS, {"data": {"taskId": "a1b3"}, "taskId": "a1b2"}, KEY),
        (HEADERS, {}, KEY),
        (HEADERS, [], KEY),
        (HEADERS, BODY, "other-key"),
    ],
)
def test_anything_else_is_not_believed(headers, body, key):
    assert not verify(headers, body, key, NOW)
