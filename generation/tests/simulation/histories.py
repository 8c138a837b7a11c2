"""One history: a seed, some tasks, many faults, then calm until nothing is left to do, then the questions."""

import random
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from unittest import mock

import requests
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from greenlet import GreenletExit

from accounts.tests.factories import make_user
from generation import jobs, provider
from generation.models import NOT_ADMITTED, GenerationTask, TaskEvent
from generation.tests.simulation import promises
from generation.tests.simulation.clock import Clock, ruled_by
from generation.tests.simulation.dice import Dice
from generation.tests.simulation.people import People
from generation.tests.simulation.postman import Postman
from generation.tests.simulation.stage import Stage
from generation.tests.simulation.upstream import API, FILES, STRANGER, Upstream
from smartspec.lib import http
from storage_app import jobs as storage_jobs
from storage_app.models import Asset, Deletion

TURNS = 90
MOST_TURNS = 3000  # until it must be quiet
STEPS = (1, 5, 60, 300, 900)  # seconds; a lease is 600
QUEUES = (GenerationTask, Asset, Deletion)


@dataclass
class Outcome:
    violations: list[str]
    counts: Counter[str]
    tasks: Counter[str]
    story: list[str]
    lives: list[str]  # every move of every task


class History:
    def __init__(self, seed: int):
        self.dice = Dice(seed)
        self.clock = Clock()
        self.stage = Stage(self.dice)
        self.upstream = Upstream(self.dice, self.clock, self.stage)
        self.people = People([make_user(f"p{number}", credits="120") for number in (1, 2)], self.dice)
        self.postman = Postman(self.upstream, self.dice)
        self.actions: list[tuple[int, Callable[[], None]]] = [  # how often, what
            (22, lambda: self.stage.enter("worker", self.work)),
            (14, self.stage.resume_one),
            (6, lambda: self.stage.enter("person", self.people.order)),
            (4, lambda: self.stage.enter("person", self.people.let_go)),
            (10, lambda: self.stage.enter("callback", self.postman.go)),
            (14, self.pass_time),
            (4, self.people.look),
        ]

    def work(self) -> None:
        """What one turn of a worker may be: a sweep, or a wake-up that comes for any task at any time."""
        choice = self.dice.random.random()
        task = self.people.any_task() if choice < 0.3 else None
        if task is not None:
            jobs.advance(str(task.pk))
        elif choice < 0.85:
            jobs.sweep(1)
        else:
            storage_jobs.sweep(1)

    def pass_time(self) -> None:
        if self.dice.falls("clock stepped back"):
            self.clock.move(-self.dice.random.choice(STEPS))
        self.clock.move(self.dice.random.choice(STEPS))

    def run(self) -> list[str]:
        weights, actions = zip(*self.actions, strict=True)
        for action in self.dice.random.choices(actions, weights, k=TURNS):
            action()
            if connection.needs_rollback:  # somebody's error ended the one transaction that all share
                return self.stage.broken
        self.dice.calm = True
        self.dice.tell("calm")
        self.stage.resume_all()
        if not self.runs_to_quiet():
            self.stage.broken.append("it never became quiet")
        if connection.needs_rollback:
            return self.stage.broken
        self.people.look()
        return [*self.stage.broken, *self.postman.believed_lies, *promises.broken(self.people, self.upstream)]

    def runs_to_quiet(self) -> bool:
        for _turn in range(MOST_TURNS):
            if self.stage.broken or (not self.sweep() and not self.wait_for_the_next()):
                return True
        return False

    def sweep(self) -> int:
        worked = []
        for room in (jobs, storage_jobs):
            self.stage.enter("worker", lambda room=room: worked.append(room.sweep(5)))
        return sum(worked)

    def wait_for_the_next(self) -> bool:
        """Let the clock go to the moment of the next due row; False when there is none."""
        moments = []
        for model in QUEUES:
            due = model.objects.filter(due_at__lt=NOT_ADMITTED if model is GenerationTask else self.forever())
            moments += [max(filter(None, times)) for times in due.values_list("due_at", "lease_until")]
        if GenerationTask.objects.filter(status="pending", due_at=NOT_ADMITTED).exists():
            moments.append(self.clock.now() + timedelta(seconds=15))
        if moments:
            self.clock.move_to(min(moments) + timedelta(milliseconds=1))
        return bool(moments)

    def forever(self):
        return self.clock.now() + timedelta(days=30)


def tell(seed: int) -> Outcome:
    """Run one history in a transaction that is taken back afterwards."""
    random.seed(seed)
    cache.clear()
    shutil.rmtree(Path(settings.MEDIA_ROOT) / "private", ignore_errors=True)
    with transaction.atomic():
        story = History(seed)
        client = provider.KieClient(f"{API}/api/v1/jobs", "key", session=session_of(story.upstream))
        for host in (FILES, STRANGER):
            http.session().mount(host, story.upstream)
        with (
            ruled_by(story.clock, story.dice.random),
            mock.patch.object(provider, "client", return_value=client),
            story.stage.watches_crash_points(),
        ):
            violations = story.run()
        for actor in story.stage.parked:
            actor.throw(GreenletExit)
        if connection.needs_rollback:
            transaction.set_rollback(False)  # to read what is left; SQLite undoes a failed statement alone
        tasks = Counter(GenerationTask.objects.values_list("status", flat=True).order_by())
        lives = [
            f"{str(event.task_id)[:6]} {event.at:%H:%M:%S} {event.new} by {event.who}: {event.why[:80]}"
            for event in TaskEvent.objects.order_by("task__created_at", "task_id", "sequence")
        ]
        transaction.set_rollback(True)
    return Outcome(violations, story.dice.counts, tasks, story.dice.story, lives)


def session_of(upstream: Upstream) -> requests.Session:
    session = requests.Session()
    session.mount(API, upstream)
    return session
