"""Due rows of every room that were taken up again and again without getting done."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from smartspec.lib.due import DueRow

OFTEN = 3  # claims without an end


class Struggler(NamedTuple):
    label: str  # app.Model
    pk: str
    title: str
    tries: int
    due_at: datetime


def kinds() -> Iterator[type[DueRow]]:
    return (model for model in apps.get_models() if issubclass(model, DueRow))


def worst(limit: int) -> list[Struggler]:
    """Those with the most tries, at most `limit` of each kind."""
    found = [
        Struggler(model._meta.label_lower, str(row.pk), str(model._meta.verbose_name), row.tries, row.due_at)
        for model in kinds()
        for row in model.objects.filter(due_at__isnull=False, tries__gte=OFTEN)
        .only("pk", "tries", "due_at")
        .order_by("-tries")[:limit]
    ]
    return sorted(found, key=lambda row: -row.tries)[:limit]


def try_now(label: str, pk: str) -> bool:
    """Due at once, with its tries forgotten. False while somebody works on it, or when it is done."""
    model = next((kind for kind in kinds() if kind._meta.label_lower == label), None)
    if model is None:
        return False
    try:
        key = model._meta.pk.to_python(pk)
    except ValidationError:
        return False
    now = timezone.now()
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    waiting = model.objects.filter(free, pk=key, due_at__isnull=False)
    return bool(waiting.update(due_at=now, lease_until=None, tries=0))
