"""What we take from a callback's body: which task it speaks of, and nothing else."""

from collections.abc import Mapping
from typing import Any

from generation.provider.ids import usable_id


def upstream_id_of(body: Any) -> str | None:
    """The first id under the names that the provider's families use; None when there is none."""
    if not isinstance(body, Mapping):
        return None
    inner = body.get("data")
    for place in (inner if isinstance(inner, Mapping) else {}, body):
        for name in ("taskId", "task_id"):
            if name in place:
                return usable_id(place[name])
    return None
