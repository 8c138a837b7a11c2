"""The caller's own server in the fault suite: what it keeps, and when it will not hear."""

import json

import pytest
import requests

from smartspec.tests.faults import listener as told
from smartspec.tests.faults.listener import Listener

SIGNED = {"webhook-id": "1", "webhook-timestamp": "2", "webhook-signature": "v1,3"}


@pytest.fixture
def listener(tmp_path):
    listener = Listener(tmp_path / "heard.jsonl")
    yield listener
    listener.close()


def tell(listener: Listener) -> int:
    answer = requests.post(listener.url, "ภาพ".encode(), headers=SIGNED, allow_redirects=False, timeout=10)
    return answer.status_code


def heard(tmp_path) -> list[dict]:
    return [json.loads(line) for line in (tmp_path / "heard.jsonl").read_text().splitlines()]


def test_what_it_hears_it_keeps_with_its_signature(listener, tmp_path):
    listener.calm = True
    assert tell(listener) == 204
    assert heard(tmp_path) == [SIGNED | {"body": "ภาพ"}]


def test_what_it_refuses_it_has_not_heard(listener, tmp_path, monkeypatch):
    monkeypatch.setattr(told, "REFUSALS", {503: 1.0})
    assert tell(listener) == 503
    assert heard(tmp_path) == []
    assert listener.counts == {503: 1}


def test_once_all_is_calm_it_hears_everything(listener, monkeypatch):
    monkeypatch.setattr(told, "REFUSALS", {503: 1.0})
    listener.calm = True
    assert tell(listener) == 204
