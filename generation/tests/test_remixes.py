"""What a task is made from, where that is an own one; works are the gallery's."""

import json

import pytest

from accounts import ledger
from accounts.tests.factories import make_user
from generation import services
from generation.models import GenerationTask
from generation.tests.conftest import run, submit


def create(api, kind="image", **body):
    body = {"prompt": "a lighthouse in the fog"} | body
    return api.post(f"/api/v1/generation/{kind}", json.dumps(body), content_type="application/json")


@pytest.mark.parametrize(
    "kind, body",
    [
        ("image", {}),
        ("video", {"model_id": "wan/2-6-text-to-video"}),
        ("audio", {"model_id": "elevenlabs/text-to-speech-turbo-2-5"}),
    ],
)
def test_every_create_may_name_an_own_task(api, sandbox, user, kind, body):
    first = submit(user)
    answer = create(api, kind, remix_of=str(first.pk), **body)
    assert (answer.status_code, answer.json()["parent_id"]) == (202, str(first.pk))
    assert GenerationTask.objects.get(pk=answer.json()["id"]).parent == first


def test_somebody_elses_task_is_as_unknown_as_a_deleted_one(api, sandbox, user):
    foreign = submit(make_user("stranger", credits="100"))
    deleted = run(submit(user))
    services.delete(deleted, by=user)
    for task in (foreign, deleted):
        assert create(api, remix_of=str(task.pk)).json()["errors"][0]["code"] == "unknown_origin"


def test_null_is_no_origin(api, sandbox):
    assert create(api, remix_of=None).json()["parent_id"] is None


@pytest.mark.parametrize("name", ["never-was", "x" * 256, "", 7])
def test_what_nobody_knows_is_refused_before_a_credit_moves(api, sandbox, user, name):
    answer = create(api, remix_of=name)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/remix_of")
    assert ledger.balance_of(user).held == 0
    assert GenerationTask.objects.count() == 0
