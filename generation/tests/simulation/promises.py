"""What must be true after every history, read from rows, objects and the provider's own record."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.db.models import Sum

from accounts.models import CreditAccount, LedgerEntry
from generation import states
from generation.models import GenerationTask
from generation.tests.simulation.people import FINAL, People
from generation.tests.simulation.upstream import Upstream, UpstreamOrder, picture
from storage_app.models import Asset, Deletion, Rendition

SPOKEN = {"provider_error", "content_rejected", "invalid_input"}  # only the provider's own no says these
PARTS = {str(state): state for state in states.STATES}


def broken(people: People, upstream: Upstream) -> list[str]:
    """Every promise that was not kept, as a sentence."""
    found = list(people.complaints)
    bought = Counter(order.task_id for order in upstream.orders.values())
    for task in GenerationTask.objects.order_by("created_at", "id"):
        for check in (life, money, history):
            found += [f"{str(task.pk)[:6]} {complaint}" for complaint in check(task)]
        found += [f"{str(task.pk)[:6]} {said}" for said in purchase(task, upstream, bought[str(task.pk)])]
    return [*found, *acknowledgements(people), *books(), *objects()]


def life(task: GenerationTask) -> Iterator[str]:
    if task.status not in FINAL:
        yield f"never ended: {task.state}"
    outputs = list(task.outputs.select_related("asset"))
    delivered = task.status == "completed" and task.deleted_at is None
    if delivered != bool(outputs):
        yield f"is {task.status} (deleted: {task.deleted_at is not None}) with {len(outputs)} outputs"
    if not delivered and Asset.objects.filter(file__contains=str(task.pk)).exists():
        yield "keeps a file although nothing was delivered"
    if (task.progress == 1) != (task.status == "completed"):
        yield f"is {task.status} at {task.progress:.0%}"


def money(task: GenerationTask) -> Iterator[str]:
    settled = list(LedgerEntry.objects.filter(hold=task.hold).values_list("kind", "amount"))
    is_late = task.output_metadata.get("late", False)
    charged = task.status == "completed" and not is_late
    if settled != [("capture" if charged else "release", task.credits_quoted)]:
        yield f"is {task.status} (late: {is_late}) and settled with {settled}"
    if task.credits_used != (task.credits_quoted if charged else 0):
        yield f"used {task.credits_used} of {task.credits_quoted} credits, {task.status}"


def history(task: GenerationTask) -> Iterator[str]:
    events = list(task.events.order_by("sequence"))
    if [event.sequence for event in events] != list(range(task.sequence + 1)):
        yield f"has events {[event.sequence for event in events]} at sequence {task.sequence}"
    for before, after in pairwise(events):
        if before.new != after.old or PARTS[after.new] not in states.MOVES[PARTS[after.old]]:
            yield f"moved {before.new} | {after.old} → {after.new}"


def purchase(task: GenerationTask, upstream: Upstream, times: int) -> Iterator[str]:
    if times > 1:
        yield f"was bought {times} times"
    order = next((one for one in upstream.orders.values() if one.task_id == str(task.pk)), None)
    if task.status == "failed" and task.error_code in SPOKEN and not may_have_failed(task, order, upstream):
        yield f"failed with {task.error_code}, which the provider never said"
    if task.status == "completed" and (order is None or order.end != "success" or not order.has_file):
        yield "is completed without the provider's success"
    for output in task.outputs.select_related("asset"):
        with output.asset.file.open("rb") as file:
            if order is None or file.read() != picture(order.id):
                yield "delivered other bytes than the provider made"


def may_have_failed(task: GenerationTask, order: UpstreamOrder | None, upstream: Upstream) -> bool:
    """Did the provider say no, fail, or hide the record longer than it is given?"""
    if order is None:
        return str(task.pk) in upstream.refused
    grace = timedelta(seconds=settings.GENERATION_RECORD_GRACE_SECONDS)
    hidden = order.hidden_at is not None and order.hidden_at >= task.started_at + grace
    return order.end == "fail" or hidden


def acknowledgements(people: People) -> Iterator[str]:
    for (_user, key), ids in people.acknowledged.items():
        if len(ids) != 1:
            yield f"{key} stands for {len(ids)} tasks"
        if GenerationTask.objects.filter(pk__in=ids).count() != len(ids):
            yield f"a task accepted under {key} is lost"


def books() -> Iterator[str]:
    for account in CreditAccount.objects.all():
        entries = LedgerEntry.objects.filter(account=account)
        total = dict(entries.values_list("kind").annotate(Sum("amount")).order_by())
        balance = total.get("grant", Decimal(0)) - total.get("capture", Decimal(0))
        if (account.balance, account.held) != (balance, 0):
            yield f"an account shows {account.balance} ({account.held} held), its ledger {balance}"


def objects() -> Iterator[str]:
    owned = {*Asset.objects.values_list("file", flat=True), *Rendition.objects.values_list("file", flat=True)}
    folder = Path(settings.MEDIA_ROOT) / "private"
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    yield from (f"an object without a row: {key}" for key in sorted(there - owned))
    yield from (f"a row without its object: {key}" for key in sorted(owned - there))
    if Deletion.objects.exists():
        yield f"{Deletion.objects.count()} deletions were never carried out"
