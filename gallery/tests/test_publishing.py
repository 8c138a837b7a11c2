import pytest

from gallery import publishing
from gallery.errors import UnknownCategory
from gallery.tests.factories import make_category, make_item

pytestmark = pytest.mark.django_db


def counts(*categories):
    for category in categories:
        category.refresh_from_db()
    return [category.item_count for category in categories]


@pytest.fixture
def tree():
    """Art > Print > Woodblock, and Places."""
    art = make_category("Art")
    prints = make_category("Print", parent=art)
    return art, prints, make_category("Woodblock", parent=prints), make_category("Places")


def test_a_shown_work_counts_on_its_shelf_and_all_above(tree):
    make_item(categories=(tree[2],))
    make_item(categories=(tree[0], tree[3]))
    assert counts(*tree) == [2, 1, 1, 1]


def test_a_work_on_two_shelves_of_one_branch_counts_once_above(tree):
    make_item(categories=(tree[2], tree[1]))
    assert counts(*tree) == [1, 1, 1, 0]


def test_a_pending_work_counts_nowhere(tree):
    make_item(shown=False, categories=(tree[2],))
    assert counts(*tree) == [0, 0, 0, 0]


def test_moving_a_work_to_another_shelf_moves_the_counters(tree):
    _art, prints, woodblock, places = tree
    item = make_item(categories=(woodblock,))
    assert publishing.place(item, [prints, places])
    assert counts(*tree) == [1, 1, 0, 1]


def test_placing_a_work_where_it_stands_changes_nothing(tree):
    item = make_item(categories=(tree[1],))
    assert not publishing.place(item, [tree[1]])
    assert counts(*tree) == [1, 1, 0, 0]


def test_a_shelf_of_its_own_may_become_one_that_is_only_above(tree):
    art, prints, *_others = tree
    item = make_item(categories=(art,))
    publishing.place(item, [prints])
    assert dict(item.placements.values_list("category__name", "is_own")) == {"Art": False, "Print": True}
    assert counts(*tree) == [1, 1, 0, 0]


def test_listing_twice_counts_once(tree):
    item = make_item(categories=(tree[3],))
    publishing.list_on_shelves(item, since=item.published_at)
    publishing.take_off_shelves(item)
    publishing.take_off_shelves(item)
    assert counts(tree[3]) == [0]


def test_a_replanted_branch_takes_its_works_along(tree):
    _art, prints, woodblock, places = tree
    make_item(categories=(woodblock,))
    prints.parent = places
    prints.save()
    assert publishing.replant(prints) == 1
    assert counts(*tree) == [0, 1, 1, 1]


def test_an_unknown_category_is_named(tree):
    with pytest.raises(UnknownCategory) as caught:
        publishing.categories_named(["art", "nowhere"])
    assert "nowhere" in str(caught.value)
