"""What workers do for this room. Rows are claimed, so every job may be called twice."""

import logging
from uuid import UUID

from gallery import announcing, counting, relocating, reserving, sitemap_parts
from gallery.models import Relocation, Reservation, SitemapPart
from smartspec.lib.due import LEASE, backoff, kept

log = logging.getLogger(__name__)


def fulfil(reservation_id: str | None = None) -> bool:
    """Make the item of one due reservation (any, without an id); False when there is none to claim."""
    held = Reservation.objects.claim(lease=LEASE, pk=reservation_id and int(reservation_id))
    if held is None:
        return False
    try:
        with kept(held, lease=LEASE):
            reserving.fulfil(held)
    except Exception as error:  # the top of a worker's loop
        log.exception("reservation %s was not fulfilled", held.pk)
        reserving.retry(held, error=str(error))
    return True


def relocate(item_id: str | None = None) -> bool:
    """Move the files of one item (any due one, without an id) to where its state says."""
    moving = Relocation.objects.claim(lease=LEASE, pk=item_id and UUID(item_id))
    if moving is None:
        return False
    try:
        with kept(moving, lease=LEASE):
            relocating.settle(moving)
    except Exception:  # the top of a worker's loop
        log.exception("files of item %s were not moved", moving.pk)
        relocating.retry(moving)
    return True


def count() -> bool:
    """Bring waiting views and likes into the counters, once there are enough or the first is old enough."""
    return counting.is_due() and bool(counting.flush())


def write_sitemap() -> bool:
    """Write one part of the sitemap that has changed."""
    part = SitemapPart.objects.claim(lease=LEASE)
    if part is None:
        return False
    try:
        with kept(part, lease=LEASE):
            is_written = sitemap_parts.write(part)
        if not is_written:
            part.put_back(delay=sitemap_parts.REST)
    except Exception:  # the top of a worker's loop
        log.exception("part %s of the sitemap was not written", part)
        part.put_back(delay=backoff(part.tries))
    return True


def announce() -> bool:
    """Tell search engines of what has changed, where that is wanted."""
    return bool(announcing.announce())


def sweep(limit: int) -> int:
    """Work on what is due, at most `limit` rows; returns how many there were."""
    worked = 0
    for work in (fulfil, relocate, count, write_sitemap, announce):
        while worked < limit and work():
            worked += 1
    return worked
