"""SIGKILL in every stage: nothing is lost, nothing is bought twice, and the books agree."""

import os
import signal
import time
from collections import Counter
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.db.models import Sum

from accounts import ledger
from accounts.models import LedgerEntry
from accounts.tests.factories import make_user
from generation import services
from generation.models import GenerationTask
from generation.sandbox.server import Sandbox
from generation.states import LIVE
from smartspec.tests.servers import programs
from smartspec.tests.servers.slow_gate import SlowGate

pytestmark = pytest.mark.processes

STAGES = [state.stage for state in LIVE]
OPENING = Decimal(100_000)
PROMPTS = [
    ("image", "a lighthouse in the fog"),
    ("image", "a slow river at dawn [sandbox:slow=3]"),
    ("image", "a market that never opens [sandbox:fail]"),
    ("image", "a letter that got lost [sandbox:drop]"),
    ("image", "a letter nobody answers [sandbox:drop] [sandbox:no-callback]"),
    ("audio", "Good morning, Chiang Mai."),
]


class Scene:
    """The product and its provider as processes, and a person who orders."""

    def __init__(self, folder, env, sandbox):
        self.folder, self.env, self.sandbox = folder, env, sandbox
        self.user = make_user("somchai", credits=str(OPENING))
        self.worker = None

    def order(self) -> None:
        for kind, prompt in PROMPTS:
            body = {"text" if kind == "audio" else "prompt": prompt}
            services.submit(user=self.user, task_type=kind, body=body)

    def start_worker(self) -> None:
        self.worker = programs.worker(self.folder, self.env, "--workers", "3")

    def creates(self) -> Counter[str]:
        """How often each of our tasks was bought: the provider's own record."""
        paths = [urlsplit(task.callback_url).path for task in self.sandbox.desk.journal.all()]
        return Counter(path.split("/callbacks/kie/")[1].split("/")[0] for path in paths)

    def kill_in(self, stage: str, *, seconds: float = 150) -> set[str]:
        """Kill the worker while a task is in this stage; returns the stages of all tasks at that moment.

        On a busy machine a short stage may pass unseen: then there are new orders.
        """
        end, order_again = time.monotonic() + seconds, time.monotonic() + 8
        while time.monotonic() < end:
            if time.monotonic() > order_again:
                self.order()
                order_again += 8
            if not self.is_hit(stage):
                time.sleep(0.005)
                continue
            os.killpg(self.worker.pid, signal.SIGSTOP)
            if self.is_hit(stage):  # still, now that nothing moves any more
                hit = set(live().values_list("stage", flat=True))
                self.worker.kill()
                return hit
            os.killpg(self.worker.pid, signal.SIGCONT)
        raise AssertionError(
            f"no task was seen in {stage}: {Counter(live().values_list('stage', flat=True))}"
        )

    def is_hit(self, stage: str) -> bool:
        """In `submitting` the hard case is meant: the order has reached the provider, its answer not us."""
        there = live().filter(stage=stage).values_list("pk", flat=True)
        if stage != "submitting":
            return there.exists()
        bought = self.creates()
        return any(bought[str(pk)] for pk in there)

    def wait_for_the_end(self, *, seconds: float = 150) -> None:
        end = time.monotonic() + seconds
        while live().exists():
            assert time.monotonic() < end, list(live().values_list("stage", "prompt", "error_raw"))
            time.sleep(0.1)


def live():
    return GenerationTask.objects.unfinished()


@pytest.fixture
def scene(transactional_db, tmp_path, settings):
    settings.KIE_AI_API_KEY = "sandbox-key"
    with (
        Sandbox(tmp_path / "sandbox", rate=0, speed=5, credits=1_000_000) as sandbox,
        SlowGate(urlsplit(sandbox.url).port, delay=0.3) as gate,
    ):
        sandbox.desk.mode.set({"sketch": True})  # a busy machine would take long over real pictures
        env = {
            "KIE_AI_BASE_URL": f"http://127.0.0.1:{gate.port}/api/v1/jobs",
            "KIE_AI_API_KEY": sandbox.key,
            "GENERATION_RESULT_HOSTS": "127.0.0.1",
            "GENERATION_LEASE_SECONDS": "2",
            "GENERATION_POLL_SECONDS": "0.3",
            "GENERATION_CREATES_PER_WINDOW": "500",
            "GENERATION_BREAKER_STRIKES": "1000",
            "GENERATION_IMAGE_DEADLINE": "30",
            "GENERATION_AUDIO_DEADLINE": "30",
        }
        web, url = programs.web(tmp_path, env)
        scene = Scene(tmp_path, env | {"CALLBACK_URL": url}, sandbox)
        yield scene
        if scene.worker:
            scene.worker.kill()
        web.stop()


def test_killed_in_every_stage_all_tasks_end_and_nothing_is_bought_or_paid_twice(scene):
    hit = set()
    for stage in STAGES:
        scene.order()
        scene.start_worker()
        hit |= scene.kill_in(stage)
    assert hit == set(STAGES)

    scene.start_worker()
    scene.wait_for_the_end()
    scene.worker.stop()  # a late result may still come, and would change what we look at
    bought = scene.creates()
    for task in GenerationTask.objects.all():
        assert task.status in ("completed", "failed")
        assert bought[str(task.pk)] == 1 or is_killed_before_a_byte_left(task, bought)
        assert paid(task) == (task.credits_used if task.status == "completed" else 0)
        assert task.outputs.exists() == (task.status == "completed")
    assert_the_books_agree(scene.user)


def is_killed_before_a_byte_left(task: GenerationTask, bought: Counter[str]) -> bool:
    """Nobody can know that, so it is not sent again either."""
    doubted = task.events.filter(why="the worker that submitted it is gone").exists()
    return bought[str(task.pk)] == 0 and doubted and task.status == "failed"


def paid(task: GenerationTask) -> Decimal:
    """What the task's one hold was settled with."""
    settlement = LedgerEntry.objects.get(hold=task.hold)
    return settlement.amount if settlement.kind == LedgerEntry.Kind.CAPTURE else Decimal(0)


def assert_the_books_agree(user) -> None:
    used = GenerationTask.objects.aggregate(all=Sum("credits_used"))["all"]
    balance = ledger.balance_of(user)
    assert used > 0
    assert balance.held == 0
    assert balance.balance == OPENING - used
