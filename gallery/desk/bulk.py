"""One decision about many works: first shown, then carried out one by one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from accounts.models import User
from gallery.desk import judging, queue
from gallery.desk.queue import Ticket
from gallery.models import Item
from gallery.states import may
from smartspec.lib.errors import ProductError

MOST = 100
AT_THE_DESK = ("approve", "reject", "remove")


@dataclass
class Plan:
    """`ready` will be judged, `left` will not; nothing is written yet."""

    verb: str
    ready: list[Ticket] = field(default_factory=list)
    left: list[Ticket] = field(default_factory=list)


@dataclass
class Outcome:
    done: int = 0
    troubles: list[str] = field(default_factory=list)  # one sentence for each work that was left


def plan(ids: Sequence[UUID], *, verb: str, by: User) -> Plan:
    found = queue.described(Item.objects.all()).in_bulk(list(dict.fromkeys(ids))[:MOST])
    plan = Plan(verb)
    for ticket in queue.tickets_of(list(found.values()), by=by):
        is_ready = may(verb, ticket.item.status) and not ticket.holder
        (plan.ready if is_ready else plan.left).append(ticket)
    return plan


def carry_out(seen: dict[UUID, int], *, verb: str, by: User, reason: str = "") -> Outcome:
    """`seen` is what the plan showed of each work; a work that changed since is left alone."""
    outcome = Outcome()
    titles = dict(Item.objects.filter(pk__in=seen).values_list("pk", "title"))
    for item_id, number in list(seen.items())[:MOST]:
        try:
            judging.judge(item_id, by=by, verb=verb, seen=number, reason=reason)
        except ProductError as error:
            outcome.troubles.append(f"{titles.get(item_id, item_id)}: {error.detail}")
        else:
            outcome.done += 1
    return outcome


@dataclass(frozen=True)
class Result:
    """What became of one work: changed, as it was already, or left alone because of `error`."""

    item_id: UUID
    changed: bool = False
    error: ProductError | None = None


def apply(ids: Sequence[UUID], *, action: str, by: User, reason: str = "") -> list[Result]:
    """Any of `verbs.VERBS` on at most MOST works; what somebody has before them is left alone."""
    judging.require(reason, verb=action)
    results = []
    for item_id in list(dict.fromkeys(ids))[:MOST]:
        try:
            changed = judging.decide(item_id, by=by, verb=action, reason=reason)
            results.append(Result(item_id, changed))
        except ProductError as error:
            results.append(Result(item_id, error=error))
    return results
