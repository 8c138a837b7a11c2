"""Pages for what is not there, gone or broken, in both languages."""

import logging

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gallery import addresses, listing
from gallery.pages import seo, tiles
from gallery.pages.links import Leaf
from gallery.pages.responses import NEVER_STALE, page

NEARBY = 8
logger = logging.getLogger(__name__)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    title = _("The work that hung here is gone")
    text = _("It was moved, withdrawn or never made. The address may also have a letter missing.")
    return missing(request, 404, title, text)


def gone(request: HttpRequest) -> HttpResponse:
    title = _("This work was taken down for good")
    text = _("It hung here once and will not come back. Its address stays empty.")
    return missing(request, 410, title, text)


def server_error(request: HttpRequest) -> HttpResponse:
    """Nothing that could break again: no query, no session."""
    title = _("Something broke on our side")
    text = _("It has been written down and will be looked at. Please try again in a minute.")
    return missing(request, 500, title, text)


def missing(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    language = addresses.current()
    head = seo.Head(
        title=title,
        description=text,
        canonical="",
        language=language,
        image=seo.brand_image(),
        robots=seo.NOT_INDEXED,
    )
    response = page(
        "missing",
        status=status,
        head=head,
        status_code=status,
        title=title,
        text=text,
        request_id=getattr(request, "id", ""),
        here=request.path,
        has_gallery=settings.ENABLE["gallery"],
        leaf=Leaf(addresses.front(language), _("All works")),
        nearby=nearby(request.path, language) if status != 500 else [],
    )
    response["Cache-Control"] = NEVER_STALE if status != 500 else "no-store"
    return response


def nearby(path: str, language: str) -> list[tiles.Tile]:
    """Newest works for somebody who got lost in the gallery; a broken database is not their problem too."""
    if not settings.ENABLE["gallery"] or "/gallery" not in path:
        return []
    try:
        cards = listing.cards(limit=NEARBY).items
    except DatabaseError:
        logger.exception("no works for an error page")
        return []
    return tiles.tiles(cards, language=language, eager=0, has_lead=True)
