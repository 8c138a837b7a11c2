"""Random lives of a house under a clock that a test moves: tasks, refunds and decisions of some days."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from unittest import mock

from django.utils import timezone

from accounts import ledger
from accounts.models import User
from accounts.tests.factories import make_user
from gallery import moderation
from gallery.models import Item
from gallery.tests.factories import make_item, make_staff
from generation import services, states
from generation.models import GenerationTask, TaskEvent
from storage_app.models import Asset

MODELS = (("nano-banana-pro", "image"), ("flux-2", "image"), ("wan/2-6-text-to-video", "video"))
CAUSES = ("provider_error", "provider_timeout", "content_rejected")
QUICK = timedelta(milliseconds=40)
BEGAN = datetime(2026, 3, 2, 9, tzinfo=timezone.get_default_timezone())


class Clock:
    def __init__(self):
        self.now = BEGAN

    def __call__(self) -> datetime:
        return self.now

    def go(self, span: timedelta) -> None:
        self.now += span


@contextmanager
def clock() -> Iterator[Clock]:
    """Every row written inside is as old as the clock says."""
    ours = Clock()
    with mock.patch.object(timezone, "now", ours):
        yield ours


class House:
    """Whoever orders, works and judges in it, at random but the same for the same seed."""

    def __init__(self, clock: Clock, seed: int):
        self.clock, self.chance = clock, random.Random(seed)
        self.owner = make_user(credits="1000000")
        self.staff: User = make_staff()
        self.under_way: list[GenerationTask] = []
        self.failed: list[GenerationTask] = []
        self.charged: list[GenerationTask] = []

    def step(self) -> None:
        """Time goes by, now and then over midnight, and something happens."""
        self.clock.go(timedelta(minutes=self.chance.expovariate(1 / 90)))
        acts = (
            self.order,
            self.order,
            self.go_on,
            self.go_on,
            self.go_on,
            self.come_late,
            self.refund,
            self.judge,
        )
        self.chance.choice(acts)()

    def order(self) -> None:
        model, kind = self.chance.choice(MODELS)
        price = Decimal(self.chance.randint(1, 9000)) / 100
        task = GenerationTask(
            user=self.owner,
            task_type=kind,
            model_id=model,
            prompt="a boat",
            credits_quoted=price,
            upstream_credits=price / 2 if self.chance.random() < 0.8 else None,
            due_at=self.clock.now,
            output_metadata={"remix_of": "boats"} if self.chance.random() < 0.3 else {},
        )
        task.hold = ledger.hold(user=self.owner, amount=price, reference=task.pk)
        task.save(force_insert=True)
        TaskEvent.objects.create(task=task, sequence=0, old="", new=str(states.QUEUED), who="test")
        self.under_way.append(task)

    def go_on(self) -> None:
        """Start a task, or end one that was started, in one way or another."""
        if not self.under_way:
            return
        task = self.chance.choice(self.under_way)
        if task.state == states.QUEUED and self.chance.random() < 0.8:
            soon = {"due_at": self.clock.now, "started_at": self.clock.now, "external_task_id": str(task.pk)}
            task.move_to(states.SUBMITTING, who="test", **soon)
            task.move_to(states.WAITING, who="test", due_at=self.clock.now)
            return
        self.under_way.remove(task)
        self.end(task)

    def end(self, task: GenerationTask) -> None:
        if task.state == states.WAITING and self.chance.random() < 0.6:
            self.clock.go(QUICK * self.chance.randint(1, 3000))
            for state in (states.STORING, states.RENDERING):
                task.move_to(state, who="test", due_at=self.clock.now)
            services.complete(task, [])
            self.charged.append(task)
        elif self.chance.random() < 0.3:
            services.cancel(task, by=self.owner)
        else:
            services.fail(task, code=self.chance.choice(CAUSES))
            self.failed.append(task)

    def come_late(self) -> None:
        late = [task for task in self.failed if task.error_code == "provider_timeout"]
        if late:
            task = self.chance.choice(late)
            self.failed.remove(task)
            assert task.move_to(states.COMPLETED, who="test", why="late", error_code="")

    def refund(self) -> None:
        if self.charged:
            services.refund(self.charged.pop(), by=self.staff, reason="it was not what they asked for")

    def judge(self) -> None:
        """A new work, or a decision about an old one."""
        items = list(Item.objects.order_by("created_at"))
        if not items or self.chance.random() < 0.4:
            item = make_item(shown=False, rendered=False)
            Asset.objects.filter(pk=item.media_id).update(visibility="public")  # no file has to be moved
            return
        item = self.chance.choice(items)
        acts = {
            "pending": (self.approve, self.reject, self.reject, self.withdraw),
            "approved": (self.resubmit, self.reject),
            "rejected": (self.resubmit, self.approve, self.undo),
        }
        self.chance.choice(acts.get(item.status, (self.leave,)))(item)

    def approve(self, item: Item) -> None:
        moderation.approve(item, by=self.staff)

    def reject(self, item: Item) -> None:
        moderation.reject(item, by=self.staff, reason="torn hands")

    def withdraw(self, item: Item) -> None:
        moderation.withdraw(item, by=self.staff)

    def resubmit(self, item: Item) -> None:
        moderation.resubmit(item, by=self.staff)

    def undo(self, item: Item) -> None:
        moderation.undo(item.decisions.first(), by=self.staff)

    def leave(self, item: Item) -> None:
        """Withdrawn works rest."""
