"""Which row is measured by what."""

from collections.abc import Callable, Iterator

from benchmarks import (
    beside_wagtail,
    delivering,
    depths,
    kept,
    numbers,
    plans,
    renditions,
    seeing,
    sending,
    sitemap,
    staff_lists,
    starting,
    storing,
    streams,
    uhd,
    weights,
)
from benchmarks.orders import Submission
from benchmarks.pages import PAGES
from benchmarks.run import Run
from benchmarks.statuses import StatusPoll
from benchmarks.table import Line

ASKED = {**PAGES, "submit": Submission(), "status": StatusPoll()}  # requests that can be profiled
ROWS: dict[str, Callable[[Run], Iterator[Line]]] = {
    "store": storing.lines,
    "renditions": renditions.lines,
    "deliver": delivering.lines,
    "seen": seeing.lines,
    "upload": sending.lines,
    "uhd": uhd.lines,
    "weight": weights.lines,
    "start": starting.lines,
    "streams": streams.lines,
    "deep": depths.lines,
    "sitemap": sitemap.lines,
    "kept": kept.lines,
    "plans": plans.lines,
    "numbers": numbers.lines,
    "staff-lists": staff_lists.lines,
    "wagtail": beside_wagtail.lines,
    **{name: asked.lines for name, asked in ASKED.items()},
}
