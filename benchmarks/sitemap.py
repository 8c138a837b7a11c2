"""The files for search engines: a part that is asked for, one that is written, and all of them."""

import resource
import time
from collections.abc import Iterator

from django.db.models import Sum

from benchmarks import contest
from benchmarks.contest import Costs, Runner
from benchmarks.pages import HELLO, compared, get
from benchmarks.run import Run
from benchmarks.table import Line
from gallery import sitemap_parts
from gallery.models import SitemapPart

MOST_SECONDS_A_PART = 0.3  # of processor time
MOST_SECONDS = 30  # for the parts of a million works
MOST_GROWTH_MB = 64


def lines(run: Run) -> Iterator[Line]:
    """Written by this process as the worker's job writes them, both languages at once."""
    first = sitemap_parts.LANGUAGES[0]
    parts = list(SitemapPart.objects.filter(language=first).defer("body").order_by("number"))
    sitemap_parts.write(parts[0])  # for warmth
    SitemapPart.objects.update(built=0)
    began, peak = time.process_time(), peak_mb()
    slowest = 0.0
    for part in parts:
        before = time.process_time()
        sitemap_parts.write(part)
        slowest = max(slowest, time.process_time() - before)
    spent, grown = time.process_time() - began, peak_mb() - peak
    works = SitemapPart.objects.aggregate(works=Sum("works"))["works"]
    said = f"{slowest * 1000:.0f} ms of processor time, the slowest of {len(parts)}"
    yield Line(
        "10,000 works written into the sitemap, in both languages", slowest, MOST_SECONDS_A_PART, said, " s"
    )
    said = f"{spent:.1f} s of processor time for {works:,} addresses, {grown:.0f} MB more memory"
    yield Line("all parts of the sitemap written", spent, MOST_SECONDS, said, " s")
    yield Line("memory for all parts of the sitemap", grown, MOST_GROWTH_MB, f"{grown:.0f} MB more", " MB")
    yield compared("a kept part of the sitemap: times Django's hello world", served(run), None)


def served(run: Run) -> Costs:
    part = Runner("part", [get("/sitemap-works-1.xml"), get("/sitemap-works-th-1.xml")])
    return Costs(*contest.take_turns([(run.host, part), (run.host, HELLO)], rounds=run.rounds))


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
