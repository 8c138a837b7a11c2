"""Accept a request: check it, price it, and write the task with its credit hold in one transaction."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import ledger
from accounts.models import ApiKey, User
from generation import admission, catalogue, lineage, offer, references
from generation.availability import Availability
from generation.catalogue import Accepted, ModelSpec, Quote
from generation.errors import KeyUsedWithOtherBody, PriceChanged
from generation.lineage import Origin
from generation.models import GenerationTask, TaskEvent
from generation.states import QUEUED
from generation.webhooks import addresses, outbox
from smartspec.lib import crash_points
from smartspec.lib.errors import InvalidInput
from smartspec.lib.prepared import insert
from smartspec.lib.queue import wake

JOB = "generation.jobs.advance"


@dataclass(frozen=True)
class Order:
    """A request that may be carried out: nothing is written yet."""

    spec: ModelSpec
    accepted: Accepted
    quote: Quote
    availability: Availability
    webhook_url: str | None = None
    origin: Origin | None = None


class Submission(NamedTuple):
    """`is_replay`: an earlier task with the same idempotency key, of whose model nothing was asked."""

    task: GenerationTask
    is_replay: bool
    availability: Availability | None


def submit(**request: Any) -> tuple[GenerationTask, bool]:
    """Like `place`, for those who need no word on the model: the task, and whether it is an earlier one."""
    return place(**request)[:2]


def place(
    *,
    user: User,
    task_type: str,
    body: Mapping,
    idempotency_key: str | None = None,
    parent: GenerationTask | None = None,
    api_key: ApiKey | None = None,
) -> Submission:
    """The accepted task, or an earlier one with the same idempotency key.

    `body` is the flat request: model_id, prompt, options, max_credits, webhook_url, remix_of. Raises
    InvalidInput, FeatureDisabled, ModelUnavailable, PriceChanged, TooManyTasks, InsufficientCredits,
    KeyUsedWithOtherBody; then nothing was written, no credit moved and the provider was not called.
    """
    fingerprint = fingerprint_of(task_type, body)
    if idempotency_key and (earlier := _earlier(user, idempotency_key)):
        return _replayed(earlier, fingerprint)
    order = check(user=user, task_type=task_type, body=body)
    due_at = admission.first_due(user)
    crash_points.reach("submit.checked")
    try:
        with transaction.atomic():
            parent_id = parent.pk if parent else order.origin and order.origin.task_id
            task = _write(user, order, due_at, idempotency_key, fingerprint, parent_id, api_key)
    except IntegrityError:  # the same key raced us and won
        earlier = _earlier(user, idempotency_key) if idempotency_key else None
        if earlier is None:
            raise
        return _replayed(earlier, fingerprint)
    crash_points.reach("submit.committed")
    return Submission(task, is_replay=False, availability=order.availability)


def retry(
    task: GenerationTask,
    *,
    by: User,
    idempotency_key: str | None = None,
    api_key: ApiKey | None = None,
) -> tuple[GenerationTask, bool]:
    """The same request again, as a child of `task`."""
    spec = catalogue.get_model(task.model_id)
    body = {"model_id": task.model_id, "prompt": task.prompt} | _as_given(spec, task.input_params)
    body["webhook_url"] = outbox.named_by(task)
    return submit(
        user=by,
        task_type=task.task_type,
        body=body,
        idempotency_key=idempotency_key,
        parent=task,
        api_key=api_key,
    )


def _as_given(spec: ModelSpec, params: Mapping) -> dict:
    """Kept options as a request body has them: one reference file is a string there, not a list."""
    single = {option.name for option in spec.options if option.is_reference and not option.is_list}
    return {name: value[0] if name in single else value for name, value in params.items()}


def check(*, user: User, task_type: str, body: Mapping) -> Order:
    """All that can be refused before anything is written."""
    body = {name: value for name, value in body.items() if value is not None}
    spec = _chosen(task_type, body.pop("model_id", None) or catalogue.DEFAULT_MODELS[task_type])
    limit = _limit(body.pop("max_credits", None))
    webhook_url = addresses.checked(body.pop("webhook_url")) if "webhook_url" in body else None
    available, prices = offer.require(spec)
    accepted = catalogue.accept(spec, body)
    references.require(user=user, spec=spec, references=accepted.references)
    origin = lineage.origin_of(user, body["remix_of"]) if "remix_of" in body else None
    quote = catalogue.quote(spec, accepted.prompt, accepted.options, prices)
    if limit is not None and quote.credits > limit:
        raise PriceChanged(
            _("This costs %(credits)s credits, more than your limit. Nothing was charged.")
            % {"credits": quote.credits}
        )
    return Order(spec, accepted, quote, available, webhook_url, origin)


def fingerprint_of(task_type: str, body: Mapping) -> str:
    canonical = json.dumps([task_type, body], sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _chosen(task_type: str, model_id) -> ModelSpec:
    spec = catalogue.get_model(model_id) if isinstance(model_id, str) else None
    if spec is None or spec.media_type != task_type:
        detail = _("There is no %(kind)s model with this id.") % {"kind": task_type}
        error = {"pointer": "/model_id", "code": "unknown_model", "detail": detail}
        raise InvalidInput(f"model_id: {detail}", errors=[error])
    return spec


def _limit(value) -> Decimal | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 10**9:
        detail = _("A number of credits is expected.")
        error = {"pointer": "/max_credits", "code": "type", "detail": detail}
        raise InvalidInput(f"max_credits: {detail}", errors=[error])
    return Decimal(str(value))


def _earlier(user: User, idempotency_key: str) -> GenerationTask | None:
    return GenerationTask.objects.owned_by(user).filter(idempotency_key=idempotency_key).first()


def _replayed(task: GenerationTask, fingerprint: str) -> Submission:
    if task.fingerprint != fingerprint:
        raise KeyUsedWithOtherBody
    return Submission(task, is_replay=True, availability=None)


def _write(user, order: Order, due_at, idempotency_key, fingerprint, parent_id, api_key) -> GenerationTask:
    task_id = uuid.uuid4()
    hold = ledger.hold_here(user=user, amount=order.quote.credits, reference=task_id, api_key=api_key)
    crash_points.reach("submit.held")
    task = GenerationTask(
        id=task_id,
        user=user,
        task_type=order.spec.media_type,
        model_id=order.spec.id,
        prompt=order.accepted.prompt,
        input_params=order.accepted.options | order.accepted.references,
        reference_files=[value for values in order.accepted.references.values() for value in values],
        credits_quoted=order.quote.credits,
        upstream_credits=order.quote.upstream_credits,
        size=order.quote.tier,
        hold=hold,
        idempotency_key=idempotency_key,
        fingerprint=fingerprint,
        parent_id=parent_id,
        output_metadata=_named_work(order),
        due_at=due_at,
    )
    insert(task, TaskEvent(task=task, sequence=0, old="", new=str(QUEUED), who=f"user:{user.pk}"))
    if order.webhook_url:
        outbox.remember(task, order.webhook_url)
    wake(JOB, str(task.id))
    crash_points.reach("submit.written")
    return task


def _named_work(order: Order) -> dict:
    """A public work is named to its remixer by its slug; the task that made it stays its owner's."""
    return {"remix_of": order.origin.slug} if order.origin and order.origin.slug else {}
