"""Cards in print are remembered, and never the wrong one."""

import pytest
from markupsafe import Markup

from gallery import listing
from gallery.pages import printing, tiles
from gallery.tests.factories import make_item

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered():
    printing.remembered.cache_clear()
    tiles.tile.cache_clear()


def first_tile(language="en"):
    return tiles.tiles(listing.cards().items, language=language)[0]


def test_a_card_is_printed_once():
    make_item(title="Lantern boat")
    first, again = printing.printed(first_tile()), printing.printed(first_tile())
    assert "Lantern boat" in first
    assert first is again
    assert tiles.tile.cache_info().misses == 1


def test_a_changed_work_is_printed_anew():
    item = make_item(title="Lantern boat")
    printing.printed(first_tile())
    item.title = "Paper kite"
    item.save()
    assert "Paper kite" in printing.printed(first_tile())


def test_a_new_picture_is_printed_anew():
    item = make_item(title="Lantern boat")
    before = printing.printed(first_tile())
    item.card = item.card | {"colour": "p-7"}
    item.save()
    assert "p-7" in printing.printed(first_tile()) != before


def test_each_language_has_its_own_print():
    make_item(title="Lantern boat", translations={"th": {"title": "เรือโคม", "alt_text": "เรือ"}})
    assert "Lantern boat" in printing.printed(first_tile("en"))
    assert "เรือโคม" in printing.printed(first_tile("th"))


def test_a_title_that_reads_like_a_marked_one_is_still_escaped():
    make_item(title="plain")
    tile = first_tile()
    marked = printing.printed(tile._replace(title=Markup("<mark>boat</mark>")))
    plain = printing.printed(tile._replace(title="<mark>boat</mark>"))
    assert "<mark>boat</mark>" in marked
    assert "<mark>" not in plain
    assert "&lt;mark&gt;boat&lt;/mark&gt;" in plain


def test_memories_are_bounded():
    assert printing.remembered.cache_info().maxsize == tiles.tile.cache_info().maxsize == tiles.REMEMBERED
