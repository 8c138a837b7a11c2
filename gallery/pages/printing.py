"""Cards in print, remembered: a list of 24 prints those that changed since it was last asked for."""

from functools import cache, lru_cache

from django.template import engines
from jinja2 import Environment
from markupsafe import Markup

from gallery.pages.tiles import REMEMBERED, Tile


def printed(tile: Tile) -> Markup:
    """The list item of a tile. A tile is all that its print depends on."""
    if templates().auto_reload:  # somebody is at work on them
        return in_print(tile)
    return remembered(tile, is_marked=isinstance(tile.title, Markup))


@lru_cache(REMEMBERED)
def remembered(tile: Tile, *, is_marked: bool) -> Markup:
    """`is_marked` sets a title with marks apart from one that only reads the same, and has to be escaped."""
    return in_print(tile)


def in_print(tile: Tile) -> Markup:
    return templates().get_template("components/rows.html").module.card(tile)


@cache
def templates() -> Environment:
    return engines["pages"].env
