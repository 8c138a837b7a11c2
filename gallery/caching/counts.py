"""How often a kept page served, and how much is kept, in each web process."""

from prometheus_client import Counter, Gauge

from smartspec.lib.counts import OWN

_asked = Counter("smartspec_kept_pages", "Pages that may be kept.", ["found"], registry=OWN)
hits, misses = _asked.labels("yes"), _asked.labels("no")
weight = Gauge(
    "smartspec_kept_pages_bytes", "Pages in memory now.", registry=OWN, multiprocess_mode="livesum"
)
