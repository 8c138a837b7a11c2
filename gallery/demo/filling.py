"""Ordering the demo's works: each once, however often this runs."""

import time
from collections.abc import Callable, Iterable
from decimal import Decimal

from django.db import transaction

from accounts import ledger, people
from accounts.models import User
from gallery import reserving
from gallery.demo.catalogue import Work, read, works
from gallery.errors import NobodyWorks
from gallery.following import LOOK_EVERY, is_untouched
from gallery.models import Category, Item, OldShelfSlug, Reservation
from generation import services
from generation.models import GenerationTask

USERNAME = "demo"


def demo_user() -> User:
    user = User.objects.filter(username=USERNAME).first()
    return user or people.create_user(username=USERNAME, is_staff=True, credits=Decimal(0))


def shelve() -> None:
    """Make the demo's categories; what staff changed of them since then stays."""
    given_up = set(OldShelfSlug.objects.values_list("slug", flat=True))
    for entry in read("categories"):
        parent = entry.pop("parent", None)
        if entry["slug"] in given_up or parent in given_up:
            continue
        above = Category.objects.get(slug=parent) if parent else None
        Category.objects.get_or_create(slug=entry.pop("slug"), defaults=entry | {"parent": above})


def missing() -> list[Work]:
    """Works without an item in any state: what was rejected or removed here is not ordered again."""
    known = set(Item.objects.values_list("pk", flat=True))
    return [work for work in works() if work.item_id not in known]


def fund(user: User, orders: Iterable[Work]) -> Decimal:
    """Give the demo user the credits that these works still need."""
    open_ids = set(Reservation.objects.values_list("item_id", flat=True))
    price = sum(
        services.check(user=user, task_type=work.kind, body=work.body).quote.credits
        for work in orders
        if work.item_id not in open_ids
    )
    short = price - ledger.balance_of(user).available
    if short > 0:
        ledger.grant(user=user, amount=short, reason="demo gallery")
    return max(short, Decimal(0))


def order(work: Work, *, user: User) -> GenerationTask:
    """The task that makes `work`: the one under way, or a new one (also after a failure)."""
    under_way = Reservation.objects.filter(item_id=work.item_id).select_related("task").first()
    if under_way is not None:
        return under_way.task
    with transaction.atomic():
        task, _replayed = services.submit(user=user, task_type=work.kind, body=work.body)
        reserving.reserve(task, by=user, fields=work.fields, approve=True, item_id=work.item_id)
    return task


def wait(tasks: dict[str, GenerationTask], *, patience: float, arrived: Callable[[str], None]) -> list[str]:
    """Until every work stands or has failed; `arrived` is called with each name. Returns who failed.

    Raises NobodyWorks when nothing at all moves for `patience` seconds.
    """
    failed: list[str] = []
    waiting = dict(tasks)
    last_moment = time.monotonic() + patience
    while waiting:
        time.sleep(LOOK_EVERY)
        promised = set(Reservation.objects.filter(error="").values_list("task_id", flat=True))
        stands = set(Item.objects.filter(status="approved").values_list("generation_task_id", flat=True))
        ended = [name for name, task in waiting.items() if task.pk not in promised]
        for name in ended:
            if waiting.pop(name).pk not in stands:
                failed.append(name)
            arrived(name)
        if ended or not all(is_untouched(task) for task in fresh(waiting)):
            last_moment = time.monotonic() + patience
        if waiting and time.monotonic() > last_moment:
            raise NobodyWorks(seconds=patience)
    return failed


def fresh(tasks: dict[str, GenerationTask]) -> list[GenerationTask]:
    return list(GenerationTask.objects.filter(pk__in=[task.pk for task in tasks.values()]))
