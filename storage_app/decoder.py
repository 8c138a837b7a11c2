"""The one door to the decoding child."""

import logging
from pathlib import Path

from django.conf import settings

from smartspec.lib.sandboxed import ChildFailed, WarmChild
from storage_app.errors import Unreadable

log = logging.getLogger(__name__)

MEMORY_BYTES = 1536 * 2**20
SECONDS = 120.0  # of wall and of processor time for one file
JOBS = 1000  # of one child: its start costs as much as twenty pictures, and what leaks ends at MEMORY_BYTES
_child = WarmChild("storage_app.decoding", folder=settings.BASE_DIR, memory_bytes=MEMORY_BYTES, jobs=JOBS)


def decode(do: str, *, media_type: str, path: Path, reader: str, **rest):
    """What the child answers about a file; raises Unreadable when it cannot, or does not survive it."""
    request = {"do": do, "media_type": media_type, "path": str(path.absolute()), "reader": reader}
    try:
        reply = _child.ask(request | {"max_pixels": settings.MAX_IMAGE_PIXELS} | rest, seconds=SECONDS)
    except ChildFailed as error:
        log.warning("decoding child failed on %s: %s", path.name, error)
        raise Unreadable from error
    if "error" in reply:
        log.info("%s could not be read: %s", path.name, reply["error"])
        raise Unreadable from DecodingError(reply["error"])
    return reply["answer"]


class DecodingError(Exception):
    """The child's own words, for the log and for staff."""
