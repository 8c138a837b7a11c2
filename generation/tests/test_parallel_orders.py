"""The same order sent many times at one moment is one task, one hold and one purchase."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from accounts import ledger
from accounts.tests.factories import make_key
from generation.models import GenerationTask

pytestmark = pytest.mark.django_db(transaction=True)

CALLERS = 12


def at_once(secret: str, bodies: list[dict], key: str) -> list:
    """The answers to all of these orders, which begin together."""
    together = threading.Barrier(len(bodies))

    def order(body: dict):
        headers = {"X-API-Key": secret, "Idempotency-Key": key}
        try:
            together.wait()
            return Client().post(
                "/api/v1/generation/image", json.dumps(body), content_type="application/json", headers=headers
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(len(bodies)) as pool:
        return list(pool.map(order, bodies))


@pytest.fixture
def secret(sandbox, user) -> str:
    return make_key(user)[1]


def test_one_key_and_body_make_one_task(secret, user):
    answers = at_once(secret, [{"prompt": "a boat"}] * CALLERS, "the same")
    accepted = [answer for answer in answers if answer.status_code == 202]
    assert {answer.status_code for answer in answers} <= {202, 409}
    task = GenerationTask.objects.get()
    assert {answer.json()["id"] for answer in accepted} == {str(task.pk)}
    assert [answer.get("Idempotency-Replayed") for answer in accepted].count(None) == 1
    assert ledger.balance_of(user).held == 18


def test_one_key_with_different_bodies_lets_one_of_them_through(secret, user):
    bodies = [{"prompt": f"boat number {number}"} for number in range(CALLERS)]
    answers = at_once(secret, bodies, "the same")
    told = sorted(answer.status_code for answer in answers)
    assert told.count(202) == 1
    assert set(told) <= {202, 409, 422}
    assert ledger.balance_of(user).held == 18
