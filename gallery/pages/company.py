"""A short list is not left alone: popular works hang beneath it."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from gallery import addresses, listing
from gallery.listing import Card
from gallery.pages import tiles
from gallery.pages.links import Leaf
from gallery.pages.tiles import Tile

FEW = 5
MOST = 11


class Company(NamedTuple):
    tiles: list[Tile]
    leaf: Leaf


def company(shown: list[Card], *, language: str) -> Company | None:
    """Popular works beside those that are `shown`, pictures where these have none; None beside many."""
    has_pictures = any(card.media_type != "audio" for card in shown)
    if len(shown) > FEW and has_pictures:
        return None
    known = {card.id for card in shown}
    media_type = "image" if shown and not has_pictures else None
    popular = listing.cards(media_type=media_type, sort="popular", limit=MOST + len(known)).items
    others = [card for card in popular if card.id not in known][:MOST]
    if not others:
        return None
    made = tiles.tiles(others, language=language, eager=0 if has_pictures else 1, has_lead=has_pictures)
    return Company(made, Leaf(addresses.front(language), _("All works")))
