"""Reading: what a public page costs beside a constant template of as many bytes."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri

from benchmarks import contest, inside
from benchmarks.contest import Request, Runner
from benchmarks.exhibition import SHELVES
from benchmarks.run import Run
from benchmarks.table import Line
from gallery import slugs
from gallery.models import Item

HEADERS = {"Host": "127.0.0.1", "Accept": "*/*"}
LANGUAGES = ("", "/th")
NUMBERED = 50  # pages of a list
ITEMS = 200


@dataclass
class Page:
    """One kind of page at many addresses, so that nothing is measured twice in a row."""

    what: str
    paths: Callable[[], list[str]]
    most_ratio: float | None = None  # times the constant template
    most_queries: int | None = None
    kind: str = "html"

    @cached_property
    def requests(self) -> list[Request]:
        return [get(path) for path in self.paths()]

    def lines(self, run: Run) -> Iterator[Line]:
        looks = [inside.look(request) for request in self.requests]
        typical = sorted((look.content for look in looks), key=len)[len(looks) // 2]
        costs = contest.compare(
            run.host,
            product=Runner(self.what, self.requests),
            yardstick=self.constant(typical),
            rounds=run.rounds,
        )
        shown = f"{costs.told()} for {len(typical) / 1000:.1f} kB"
        yield Line(f"{self.what}: times a constant template", costs.ratio, self.most_ratio, shown)
        most = max(look.queries for look in looks)
        yield Line(f"{self.what}: SQL queries", most, self.most_queries, str(most))

    def constant(self, content: bytes) -> Runner:
        name = f"{slugs.slugify(self.what)}.{self.kind}"
        (settings.CONSTANTS / name).write_bytes(content)
        above = "/api/v1" if self.kind == "json" else ""  # below the same prefix the same middleware works
        return Runner(name, [get(f"{above}/bench/constant/{name}")])


def get(path: str) -> Request:
    return ("GET", iri_to_uri(path), HEADERS, "")


def lists() -> list[str]:
    """The first 50 pages of everything and of images, in both languages."""
    return [
        f"{language}/gallery{kind}{numbered(page)}"
        for language, kind, page in product(LANGUAGES, ("", "/images"), range(1, NUMBERED + 1))
    ]


def shelves() -> list[str]:
    lowest = [slugs.slugify(name) for below in SHELVES.values() for name in below]
    return [
        f"{language}/gallery/category/{slug}{numbered(page)}"
        for language, slug, page in product(LANGUAGES, lowest, range(1, 13))
    ]


def numbered(page: int) -> str:
    return f"?page={page}" if page > 1 else ""


def works() -> list[str]:
    found = Item.objects.listed().newest().values_list("slug", flat=True)[: ITEMS * 5 : 5]
    return [f"/gallery/{slug}" for slug in found]


def api_lists() -> list[str]:
    """The first 50 pages by cursor."""
    found = ["/api/v1/gallery?limit=24"]
    while len(found) < NUMBERED:
        following = urlsplit(json.loads(inside.ask(get(found[-1])))["next"])
        found.append(f"{following.path}?{following.query}")
    return found


PAGES = {
    "list": Page("list page of 24 works", lists, most_ratio=15, most_queries=2),
    "category": Page("category page of 24 works", shelves, most_ratio=15, most_queries=2),
    "work": Page("page of one work", works),
    "api": Page("list of 24 works as JSON", api_lists, kind="json"),
}
