"""Reading: what a public page costs beside a constant template of as many bytes."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri

from benchmarks import contest, exhibition, inside
from benchmarks.contest import Costs, Request, Runner
from benchmarks.exhibition import ENGLISH, SHELVES, THAI
from benchmarks.run import Run
from benchmarks.table import Line
from gallery import slugs
from gallery.models import Item

HEADERS = {"Host": "127.0.0.1", "Accept": "*/*"}
LANGUAGES = ("", "/th")
NUMBERED = 50  # pages of a list
ITEMS, STEP = 200, 5  # every fifth of the newest thousand
MOST_GROWTH = 1.1  # of what a page costs, from 2,000 works to a million


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
        page = Runner(self.what, self.requests)
        lanes = [(run.host, page), (run.host, self.constant(typical)), (run.host, HELLO)]
        if run.small_host:
            lanes.append((run.small_host, page))
        mine, constant, hello, *small = contest.take_turns(lanes, rounds=run.rounds)
        costs = Costs(mine, constant)
        shown = f"{costs.told()} for {len(typical) / 1000:.1f} kB"
        yield Line(f"{self.what}: times a constant template", costs.ratio, self.most_ratio, shown)
        yield compared(f"{self.what}: times Django's hello world", Costs(mine, hello), None)
        for less in small:
            yield compared(f"{self.what}: times the same of 2,000 works", Costs(mine, less), MOST_GROWTH)
        most = max(look.queries for look in looks)
        yield Line(f"{self.what}: SQL queries", most, self.most_queries, str(most))

    def constant(self, content: bytes) -> Runner:
        name = f"{slugs.slugify(self.what)}.{self.kind}"
        (settings.CONSTANTS / name).write_bytes(content)
        above = "/api/v1" if self.kind == "json" else ""  # below the same prefix the same middleware works
        return Runner(name, [get(f"{above}/bench/constant/{name}")])


def compared(what: str, costs: Costs, limit: float | None) -> Line:
    return Line(what, costs.ratio, limit, costs.told())


def get(path: str) -> Request:
    return ("GET", iri_to_uri(path), HEADERS, "")


HELLO = Runner("hello", [get("/bench/hello")])


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
    found = Item.objects.listed().newest().values_list("slug", flat=True)[: ITEMS * STEP : STEP]
    return [f"/gallery/{slug}" for slug in found]


def api_lists() -> list[str]:
    """The first 50 pages by cursor."""
    found = ["/api/v1/gallery?limit=24"]
    while len(found) < NUMBERED:
        following = urlsplit(json.loads(inside.ask(get(found[-1])))["next"])
        found.append(f"{following.path}?{following.query}")
    return found


def searches() -> list[str]:
    """Words that very many works have, words that one has, and words that none has; a third in Thai."""
    common = [f"{first} {second}" for titles in (ENGLISH, THAI) for first, second in product(*titles)]
    rare = [f"{ENGLISH[0][number % 6]} {number}" for number in range(0, exhibition.WORKS, 25)]
    nothing = [f"zeppelin {number}" for number in range(10)]
    asked = [*common, *rare, *nothing, "กระจก", "ว่าว", "river", "old"]
    return [f"{language}/gallery/search?q={quote(q)}" for language, q in product(LANGUAGES, asked)]


def feeds() -> list[str]:
    lowest = [slugs.slugify(name) for below in SHELVES.values() for name in below]
    below = ["", *(f"/category/{slug}" for slug in lowest)]
    return [f"{language}/gallery{path}/feed" for language, path in product(LANGUAGES, below)]


PAGES = {
    "list": Page("list page of 24 works", lists, most_ratio=15, most_queries=2),
    "category": Page("category page of 24 works", shelves, most_ratio=15, most_queries=2),
    "work": Page("page of one work", works, most_queries=3),
    "search": Page("search page", searches, most_queries=2),
    "api": Page("list of 24 works as JSON", api_lists, most_queries=2, kind="json"),
    "feed": Page("feed of the newest", feeds, kind="xml"),
}
