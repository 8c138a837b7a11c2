"""From an address of ours, or a slug that is or was one, to the work."""

from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.conf import settings

from gallery import listing
from gallery.converters import SLUG
from gallery.errors import Gone
from gallery.models import Item
from gallery.slugs import RESERVED
from smartspec.lib.errors import NotFound


class Place(NamedTuple):
    slug: str
    language: str


def shown(slug: str) -> Item:
    """The shown work under this slug or a former one; raises Gone or NotFound."""
    item = listing.item_by_slug(slug)
    if item is None and (target := listing.old_slug_target(slug)):
        item = listing.item_by_slug(target)
    if item is None:
        raise Gone if listing.is_removed(slug) else NotFound
    return item


def place_of(url: str) -> Place | None:
    """Slug and language of an item page's address on this site; None for any other address."""
    try:
        asked, ours = urlsplit(url), urlsplit(settings.SITE_URL)
    except ValueError:
        return None
    if (asked.scheme, asked.netloc) != (ours.scheme, ours.netloc):
        return None
    words = unquote(asked.path).strip("/").split("/")
    language = "th" if words[0] == "th" else "en"
    words = words[1:] if language == "th" else words
    if len(words) != 2 or words[0] != "gallery" or words[1] in RESERVED or not SLUG.fullmatch(words[1]):
        return None
    return Place(words[1], language)


def item_at(url: str) -> Item | None:
    place = place_of(url)
    try:
        return shown(place.slug) if place else None
    except (Gone, NotFound):
        return None
