"""One page of a list by cursor, with links to its neighbours."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from rest_framework.request import Request

from gallery.orders import Order, cursor_at
from gallery.walking import Asked, take


class Page(NamedTuple):
    rows: list
    next: str | None
    previous: str | None

    def document(self, results: list[dict]) -> dict:
        return {"results": results, "next": self.next, "previous": self.previous}


def page_of(rows: QuerySet, *, order: Order, request: Request, cursor: str | None, limit: int) -> Page:
    """At most `limit` rows; `next` and `previous` are absolute addresses or None."""
    return page_asked(Asked(rows, order), request=request, cursor=cursor, limit=limit)


def page_asked(
    asked: Asked,
    *,
    request: Request,
    cursor: str | None,
    limit: int,
    shape: Callable[[QuerySet], QuerySet] = lambda rows: rows,
) -> Page:
    """The same for anything that can be asked for."""
    found, back = take(asked, size=limit + 1, cursor=cursor, shape=shape)
    values = sort_values(asked.order)
    return page_from(
        found, back, order=asked.order, values=values, request=request, cursor=cursor, limit=limit
    )


def page_from(
    found: list,
    back: bool,
    *,
    order: Order,
    values: Callable[[Any], Sequence],
    request: Request,
    cursor: str | None,
    limit: int,
) -> Page:
    """Of `limit` + 1 rows in the cursor's direction; `values` tells what a row is sorted by."""
    more, found = len(found) > limit, found[:limit]
    if back:
        found.reverse()
    has_next, has_previous = (True, more) if back else (more, bool(cursor))
    return Page(
        found,
        address(request, cursor_at(order, values(found[-1]))) if found and has_next else None,
        address(request, cursor_at(order, values(found[0]), back=True)) if found and has_previous else None,
    )


def sort_values(order: Order) -> Callable[[Any], tuple]:
    """The row's values in the order's fields."""
    return attrgetter(*(field.replace("__", ".") for field in order.fields))


def address(request: Request, cursor: str) -> str:
    query = QueryDict(mutable=True)
    query.update(request.query_params.dict() | {"cursor": cursor})
    return f"{settings.SITE_URL}{request.path}?{query.urlencode()}"
