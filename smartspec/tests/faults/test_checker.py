"""The checker is checked: each promise is broken once by hand, and it must say so."""

import json
import uuid
from pathlib import Path

import pytest

from accounts.models import CreditAccount
from accounts.tests.factories import make_user
from generation import services, states
from generation.models import GenerationTask, WebhookDelivery
from generation.webhooks import signing
from smartspec.tests.faults.checker import Checker
from smartspec.tests.servers import programs

SECRET = "a-key-that-nobody-may-see"


class Scene:
    """One task that failed as it should, and files in which everything is right."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.user = make_user("somchai")
        body = {"prompt": "a boat", "model_id": "z-image", "webhook_url": "https://hooks.example.com/"}
        order = {"user": self.user, "task_type": "image", "body": body}
        self.task, _replayed = services.submit(**order, idempotency_key="k")
        services.fail(self.task, code="provider_error")
        self.media = folder / "media" / "private"
        self.media.mkdir(parents=True)
        for name in ("creates", "outcomes", "accepted", "heard", "web.log"):
            (folder / name).touch()
        self.note("creates", self.created("up-1"))
        self.note("outcomes", {"id": "up-1", "state": "fail", "files": []})
        self.note("accepted", {"key": "k", "id": str(self.task.pk)})
        self.delivery = WebhookDelivery.objects.get()
        self.hear(self.delivery.body)

    def hear(self, body: str) -> None:
        """Their server is told of the task's end."""
        told = {"message_id": str(self.delivery.pk), "body": body}
        self.note("heard", signing.headers(self.user, **told) | {"body": body})
        WebhookDelivery.objects.update(state="delivered", due_at=None)

    def created(self, upstream_id: str) -> dict:
        return {"taskId": upstream_id, "callBackUrl": f"http://we/callbacks/kie/{self.task.pk}/token"}

    def note(self, name: str, line: dict) -> None:
        with (self.folder / name).open("a") as file:
            file.write(json.dumps(line) + "\n")

    def change(self, **columns) -> None:
        GenerationTask.objects.filter(pk=self.task.pk).update(**columns)

    def violations(self) -> str:
        names = ("media", "creates", "outcomes", "accepted", "heard")
        paths = {name: str(self.folder / name) for name in names}
        facts = {"database": programs.database_url(), "results": str(self.folder), "secrets": [SECRET]}
        return "\n".join(Checker(facts | paths | {"logs": [str(self.folder / "web.log")]}).violations())


@pytest.fixture
def scene(transactional_db, tmp_path, settings):
    settings.KIE_AI_API_KEY = "key"
    return Scene(tmp_path)


def test_where_all_is_right_nothing_is_said(scene):
    assert scene.violations() == ""


def test_a_task_that_never_ended(scene):
    scene.change(status="pending", stage="queued", due_at=scene.task.created_at)
    assert "is still pending/queued" in scene.violations()


def test_a_second_purchase(scene):
    scene.note("creates", scene.created("up-2"))
    assert "was bought 2 times" in scene.violations()


def test_a_purchase_for_no_task_of_ours(scene):
    stranger = {"taskId": "up-3", "callBackUrl": f"http://we/callbacks/kie/{uuid.uuid4()}/token"}
    scene.note("creates", stranger)
    assert "is no task of ours" in scene.violations()


def test_a_charge_for_nothing(scene):
    scene.change(credits_used=5)
    assert "failed used 5" in scene.violations()


def test_a_balance_that_the_ledger_does_not_tell(scene):
    CreditAccount.objects.update(balance=1)
    assert "the ledger says 500" in scene.violations()


def test_a_completed_task_without_its_files(scene):
    scene.change(status="completed", stage="done")
    said = scene.violations()
    assert "is completed with 0 outputs" in said
    assert "without the provider's success" in said


def test_a_failure_that_the_provider_never_spoke_of(scene):
    scene.note("outcomes", {"id": "up-1", "state": "success", "files": []})
    assert "which the provider never said" in scene.violations()


def test_a_move_without_history(scene):
    scene.change(sequence=7)
    assert "stands at 7 after" in scene.violations()


def test_an_accepted_task_that_is_lost(scene):
    scene.note("accepted", {"key": "other", "id": str(uuid.uuid4())})
    assert "was accepted and is lost" in scene.violations()


def test_a_key_that_stands_for_two_tasks(scene):
    scene.note("accepted", {"key": "k", "id": str(uuid.uuid4())})
    assert "k stands for 2 tasks" in scene.violations()


def test_an_end_that_nobody_was_promised_to_hear_of(scene):
    WebhookDelivery.objects.all().delete()
    assert "ended 1 times, 0 told" in scene.violations()


def test_a_message_that_was_never_heard(scene):
    (scene.folder / "heard").write_text("")
    assert "was not heard as it was written" in scene.violations()


def test_a_message_that_was_changed_on_its_way(scene):
    (scene.folder / "heard").write_text("")
    scene.hear(scene.delivery.body.replace("failed", "completed"))
    assert "was not heard as it was written" in scene.violations()


def test_a_message_that_somebody_else_signed(scene):
    signing.rotate(scene.user)
    assert "was not heard as it was written" in scene.violations()


def test_an_object_that_nobody_owns(scene):
    (scene.media / "left.png").touch()
    assert "an object without a row: ('private', 'left.png')" in scene.violations()


@pytest.mark.parametrize("secret", [SECRET, "the callback's token"])
def test_a_secret_in_a_log(scene, secret):
    said = scene.task.callback_token if secret != SECRET else SECRET
    (scene.folder / "web.log").write_text(f"GET /?key={said}\n")
    assert "web.log shows a secret" in scene.violations()


def test_a_line_that_a_kill_cut_short_is_not_read(scene):
    with (scene.folder / "outcomes").open("a") as file:
        file.write('{"id": "up-1", "sta')
    assert scene.violations() == ""


def test_the_states_that_count_as_final_are_the_products():
    assert {state.status for state in states.FINAL} == {"completed", "failed", "cancelled"}
