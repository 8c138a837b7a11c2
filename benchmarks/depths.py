"""Far from the beginning: what the last numbered page and the works behind it cost beside the first."""

from collections.abc import Iterator
from itertools import product

from benchmarks import contest
from benchmarks.contest import Costs, Request, Runner
from benchmarks.pages import LANGUAGES, NUMBERED, compared, get, numbered
from benchmarks.run import Run
from benchmarks.table import Line
from gallery import orders
from gallery.listing import PAGE_SIZE
from gallery.models import Item

MOST_RATIO = 1.2
KINDS = ("", "/images")
PAGES_DEEP = (1_000, 20_000)  # by cursor, where the gallery reaches that far


def lines(run: Run) -> Iterator[Line]:
    what = f"page {NUMBERED} of a list: times its first"
    yield told(run, what, lists(NUMBERED), lists(1))
    first = [get(f"/api/v1/gallery?limit={PAGE_SIZE}")]
    for pages in PAGES_DEEP:
        if behind := cursors_behind(pages * PAGE_SIZE):
            what = f"list of 24 works as JSON, {pages:,} pages deep: times its first"
            yield told(run, what, [get(f"/api/v1/gallery?limit=24&cursor={each}") for each in behind], first)


def told(run: Run, what: str, deep: list[Request], first: list[Request]) -> Line:
    lanes = [(run.host, Runner(what, deep)), (run.host, Runner("first", first))]
    return compared(what, Costs(*contest.take_turns(lanes, rounds=run.rounds)), MOST_RATIO)


def lists(page: int) -> list[Request]:
    return [get(f"{language}/gallery{kind}{numbered(page)}") for language, kind in product(LANGUAGES, KINDS)]


def cursors_behind(rank: int) -> list[str]:
    """Where to go on from some works that stand about so far down; none when the gallery is smaller."""
    found = Item.objects.listed().newest().values_list(*orders.NEWEST.fields)[rank : rank + 50]
    return [orders.cursor_at(orders.NEWEST, values) for values in found]
