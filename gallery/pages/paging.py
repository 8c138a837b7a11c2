"""Numbered pages: which one is asked for, and the links to the others."""

import re
from typing import NamedTuple

from django.http import Http404

from gallery.listing import MAX_PAGES, PAGE_SIZE

NUMBER = re.compile(r"[1-9][0-9]{0,2}")


class PageLink(NamedTuple):
    number: int
    href: str
    is_here: bool


class Pager(NamedTuple):
    """`pages` holds links, and None where numbers are left out. `last` is None while unknown."""

    here: int
    last: int | None
    pages: list[PageLink | None]
    previous: str | None
    next: str | None


def asked(value: str | None) -> int:
    """The page number of `?page=`; 404 for anything that is no page of ours."""
    if value is None:
        return 1
    if not NUMBER.fullmatch(value) or int(value) > MAX_PAGES:
        raise Http404
    return int(value)


def address(path: str, number: int, extra: str = "") -> str:
    """`path`, with `?page=` from the second page on; `extra` is a further query string."""
    query = "&".join(part for part in (extra, f"page={number}" if number > 1 else "") if part)
    return f"{path}?{query}" if query else path


def pager(path: str, *, here: int, has_next: bool, total: int | None = None, extra: str = "") -> Pager:
    """Links to the first, the neighbours and the last page; `total` is the number of works, if known."""
    has_next = has_next and here < MAX_PAGES
    last = None if total is None else min(MAX_PAGES, max(here + has_next, -(-total // PAGE_SIZE)))
    return Pager(
        here=here,
        last=last,
        pages=[
            number and PageLink(number, address(path, number, extra), number == here)
            for number in numbers(here, last or here + has_next)
        ],
        previous=address(path, here - 1, extra) if here > 1 else None,
        next=address(path, here + 1, extra) if has_next else None,
    )


def numbers(here: int, last: int) -> list[int | None]:
    """`1 … 3 4 5 … 21`; a gap of one is the number itself. The first page shows three more at most."""
    reach = 3 if here == 1 else 1
    near = {1, last, *range(here - 1, here + reach + 1)}
    found: list[int | None] = []
    before = 0
    for number in sorted(each for each in near if 1 <= each <= last):
        if number - before == 2:
            found.append(number - 1)
        elif number - before > 2:
            found.append(None)
        found.append(number)
        before = number
    return found
