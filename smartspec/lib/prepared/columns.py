"""Changes of one row whose columns are known only when they are written: one statement for each choice."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.db.models import Model, QuerySet

from smartspec.lib.prepared.given import Given
from smartspec.lib.prepared.writes import Change

Also = Callable[[], dict[str, Any]]  # what is written besides, out of Givens


def nothing_more() -> dict[str, Any]:
    return {}


@cache
def change_of(
    model: type[Model], where: tuple[str, ...], names: frozenset[str], also: Also = nothing_more
) -> Change:
    """Carried out with `is_<name>` for every column of `where` and `<name>` for every one of `names`."""

    def build() -> tuple[QuerySet, dict[str, Any]]:
        rows = model.objects.filter(**{name: gap(model, name, f"is_{name}") for name in where}).order_by()
        return rows, {name: gap(model, name, name) for name in sorted(names)} | also()

    return Change(build)


def gap(model: type[Model], name: str, told: str) -> Given:
    return Given(told, model._meta.pk if name == "pk" else model._meta.get_field(name))
