"""Several variants of one request, bought together or not at all."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from gallery import reserving
from generation import services
from generation.catalogue import ModelSpec
from generation.models import GenerationTask


def order(
    spec: ModelSpec,
    *,
    by: User,
    body: Mapping[str, Any],
    fields: Mapping[str, Any],
    variants: int,
    approve: bool,
    once: UUID,
) -> list[GenerationTask]:
    """One task and one reserved item for each variant.

    The same form (`once`) sent twice with the same request buys nothing twice. Raises what
    `services.submit` and `reserving.reserve` raise; then nothing was written.
    """
    with transaction.atomic():
        tasks = []
        for number in range(variants):
            varied = variant_of(body, number, spec)
            task, _replayed = services.submit(
                user=by, task_type=spec.media_type, body=varied, idempotency_key=key_of(once, varied, number)
            )
            reserving.reserve(task, by=by, fields=fields, approve=approve)
            tasks.append(task)
    return tasks


def variant_of(body: Mapping[str, Any], number: int, spec: ModelSpec) -> dict[str, Any]:
    """The same seed would give the same picture: every variant gets the next one."""
    if "seed" not in body or not number:
        return dict(body)
    last = spec.by_name["seed"].schema["maximum"]
    seed = body["seed"] + number
    return {**body, "seed": seed if seed <= last else body["seed"] - number}


def key_of(once: UUID, body: Mapping[str, Any], number: int) -> str:
    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:16]
    return f"desk:{once}:{digest}:{number}"
