"""One page of a list by cursor, with links to its neighbours."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from rest_framework.request import Request

from gallery.orders import Order, cursor_at, walk


class Page(NamedTuple):
    rows: list
    next: str | None
    previous: str | None

    def document(self, results: list[dict]) -> dict:
        return {"results": results, "next": self.next, "previous": self.previous}


def page_of(rows: QuerySet, *, order: Order, request: Request, cursor: str | None, limit: int) -> Page:
    """At most `limit` rows; `next` and `previous` are absolute addresses or None."""
    walked = walk(rows, order, cursor)
    found = list(walked.rows[: limit + 1])
    more, found = len(found) > limit, found[:limit]
    if walked.back:
        found.reverse()
    has_next, has_previous = (True, more) if walked.back else (more, bool(cursor))
    values = sort_values(order)
    return Page(
        found,
        address(request, cursor_at(order, values(found[-1]))) if found and has_next else None,
        address(request, cursor_at(order, values(found[0]), back=True)) if found and has_previous else None,
    )


def sort_values(order: Order) -> Callable[[Any], tuple]:
    """The row's values in the order's fields; `item` of a placement is its id."""
    names = ["item_id" if field == "item" else field.replace("__", ".") for field in order.fields]
    return attrgetter(*names)


def address(request: Request, cursor: str) -> str:
    query = QueryDict(mutable=True)
    query.update(request.query_params.dict() | {"cursor": cursor})
    return f"{settings.SITE_URL}{request.path}?{query.urlencode()}"
