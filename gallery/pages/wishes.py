"""What the address of a list asks for: which page, in which order, of which kind."""

from typing import NamedTuple
from urllib.parse import quote, urlencode

from django.http import Http404, QueryDict

from gallery import addresses
from gallery.pages import paging

SORTS = ("recent", "popular", "trending")
LONGEST_SEARCH = 200
PLAIN = {"page": "1", "sort": SORTS[0]}  # what goes without saying


class Wish(NamedTuple):
    """`cursor` goes on behind the last numbered page."""

    number: int = 1
    sort: str = SORTS[0]
    media_type: str | None = None
    q: str = ""
    cursor: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether this is a page of its own, and not a view of one."""
        return self.extra == ""

    @property
    def extra(self) -> str:
        """The query string of the first page."""
        sort = self.sort if self.sort != SORTS[0] else None
        parts = {"q": self.q, "media_type": self.media_type, "sort": sort, "cursor": self.cursor}
        return urlencode({name: value for name, value in parts.items() if value}, quote_via=quote)


def asked(query: QueryDict, *, by_kind: bool = False) -> Wish:
    """404 for a page, an order or (where lists can be narrowed, `by_kind`) a kind that is none of ours."""
    sort = query.get("sort", SORTS[0])
    media_type = query.get("media_type") if by_kind else None
    if sort not in SORTS or media_type not in (None, *addresses.KINDS):
        raise Http404
    return Wish(paging.asked(query.get("page")), sort, media_type, cursor=query.get("cursor", ""))


def searched(query: QueryDict) -> Wish:
    """What a search asks for; spaces do not count, and nobody types more than 200 characters."""
    words = " ".join(query.get("q", "").split())[:LONGEST_SEARCH]
    return asked(query, by_kind=True)._replace(sort=SORTS[0], cursor="", q=words)


def shortened(query: QueryDict) -> str | None:
    """The query string without what goes without saying; None when nothing is to be left out."""
    needless = [name for name, value in PLAIN.items() if query.get(name) == value]
    if not needless:
        return None
    rest = query.copy()
    for name in needless:
        del rest[name]
    return rest.urlencode()
