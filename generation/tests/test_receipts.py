"""Where every credit of a task went, as its owner reads it."""

from decimal import Decimal

import pytest

from generation import services
from generation.receipts import receipt_of
from generation.tests.conftest import run, submit

CALM = {"held": 0, "captured": 0, "released": 0, "refunded": 0, "reason": ""}


def told(api, task) -> dict:
    answer = api.get(f"/api/v1/generation/tasks/{task.id}/receipt")
    assert answer.status_code == 200
    return answer.json()


def test_a_task_under_way_holds_what_was_quoted(api, sandbox, user):
    task = submit(user)
    assert told(api, task) == CALM | {"task_id": str(task.id), "quoted": 18, "held": 18}


def test_a_delivered_task_is_charged(api, sandbox, user):
    task = run(submit(user))
    assert told(api, task) == CALM | {"task_id": str(task.id), "quoted": 18, "captured": 18}


def test_a_cancelled_task_gives_everything_back_and_says_why(api, sandbox, user):
    task = submit(user)
    services.cancel(task, by=user)
    expected = {"task_id": str(task.id), "quoted": 18, "released": 18, "reason": "cancelled_by_user"}
    assert told(api, task) == CALM | expected


def test_a_refund_stands_beside_the_charge_with_its_reason(api, sandbox, user, django_user_model):
    task = run(submit(user))
    staff = django_user_model.objects.create_user("staff", is_staff=True)
    services.refund(task, by=staff, reason="wrong colours")
    expected = {
        "task_id": str(task.id),
        "quoted": 18,
        "captured": 18,
        "refunded": 18,
        "reason": "wrong colours",
    }
    assert told(api, task) == CALM | expected


def test_the_providers_price_is_for_operators_only(api, sandbox, user):
    task = run(submit(user))
    assert receipt_of(task).upstream_cost > Decimal(0)
    assert "upstream_cost" not in told(api, task)


@pytest.mark.parametrize("act", [submit, lambda user: run(submit(user))])
def test_the_parts_add_up_at_any_time(sandbox, user, act):
    receipt = receipt_of(act(user))
    assert receipt.quoted == receipt.held + receipt.captured + receipt.released
