from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from gallery import counting, listing, moderation, slugs
from gallery.models import ItemStats
from gallery.tests.factories import make_category, make_item
from smartspec.lib.errors import InvalidInput

pytestmark = pytest.mark.django_db


def rate(item, *, likes, views):
    ItemStats.objects.filter(item=item).update(popularity=counting.popularity(views=views, likes=likes))


def titles(found):
    return [card.title for card in found.items]


def test_the_newest_come_first():
    now = timezone.now()
    for age, title in enumerate(["new", "older", "oldest"]):
        make_item(title=title, published_at=now - timedelta(hours=age))
    assert titles(listing.cards()) == ["new", "older", "oldest"]


def test_only_shown_works_are_listed():
    make_item(title="shown")
    make_item(title="pending", shown=False)
    make_item(title="hidden", is_public=False)
    make_item(title="sensitive", rating="sensitive")
    assert titles(listing.cards()) == ["shown"]


def test_filters_narrow_the_list():
    make_item(title="clip", media_type="video")
    make_item(title="flux", model_id="flux-2")
    make_item(title="best", is_featured=True)
    assert titles(listing.cards(media_type="video")) == ["clip"]
    assert titles(listing.cards(model="flux-2")) == ["flux"]
    assert titles(listing.cards(featured=True)) == ["best"]


def test_words_are_found_in_title_description_and_prompt_also_in_thai():
    make_item(title="ดอกบัวยามเช้า")
    make_item(title="a", description="A heron waits")
    make_item(title="b", prompt="linocut of a HERON")
    assert titles(listing.cards(q="บัว")) == ["ดอกบัวยามเช้า"]
    assert titles(listing.cards(q="heron")) == ["b", "a"]


def test_a_shelf_holds_what_stands_on_it_and_below_it():
    top = make_category("Nature")
    below = make_category("Water", parent=top)
    make_item(title="mist", categories=(top,))
    make_item(title="sea", categories=(below,))
    make_item(title="elsewhere")
    assert titles(listing.cards(category=top)) == ["sea", "mist"]
    assert titles(listing.cards(category=below)) == ["sea"]


def test_a_shelf_never_shows_what_is_not_listed():
    shelf = make_category()
    make_item(shown=False, categories=(shelf,))
    make_item(rating="sensitive", categories=(shelf,))
    assert titles(listing.cards(category=shelf)) == []
    shelf.refresh_from_db()
    assert shelf.item_count == 0


@pytest.mark.parametrize("on_shelf", [False, True])
def test_cursors_walk_through_everything_once_even_where_dates_are_equal(on_shelf):
    now, shelf = timezone.now(), make_category()
    for number in range(7):
        make_item(title=str(number), published_at=now, categories=(shelf,))
    seen, cursor = [], None
    while True:
        found = listing.cards(category=shelf if on_shelf else None, limit=3, cursor=cursor)
        seen += titles(found)
        if not found.has_next:
            break
        cursor = found.next_cursor
    assert sorted(seen) == list("0123456")


def test_the_last_page_has_no_next():
    make_item()
    found = listing.cards(limit=1)
    assert not found.has_next
    assert found.next_cursor is None


def test_pages_are_numbered_from_one_and_end():
    for number in range(3):
        make_item(title=str(number))
    assert titles(listing.cards(page=1, limit=2)) == ["2", "1"]
    assert titles(listing.cards(page=2, limit=2)) == ["0"]
    assert listing.cards(page=3, limit=2).items == []


@pytest.mark.parametrize("page", [-1, 51, 10**9])
def test_pages_beyond_the_numbered_ones_are_empty_and_ask_nothing(page, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert listing.cards(page=page).items == []


def test_popular_works_are_those_most_liked_and_then_most_seen():
    for title, likes, views in [("seen", 1, 90), ("liked", 5, 2), ("quiet", 0, 0)]:
        rate(make_item(title=title), likes=likes, views=views)
    assert titles(listing.cards(sort="popular")) == ["liked", "seen", "quiet"]
    first = listing.cards(sort="popular", limit=1)
    assert titles(listing.cards(sort="popular", limit=1, cursor=first.next_cursor)) == ["seen"]


def test_trending_works_are_the_popular_ones_of_this_month():
    make_item(title="old", published_at=timezone.now() - timedelta(days=40))
    make_item(title="new")
    assert titles(listing.cards(sort="trending")) == ["new"]


def test_popular_works_of_a_shelf():
    shelf = make_category()
    make_item(title="on it", categories=(shelf,))
    make_item(title="elsewhere")
    assert titles(listing.cards(sort="popular", category=shelf)) == ["on it"]


BAD = ["", "x", "W10", "WyJyZWNlbnQiLCAieCIsICJ5Il0", "eyJhIjoxfQ", "é", "W1tbW1tbW1tb" * 40]


@pytest.mark.parametrize("cursor", BAD[1:])
def test_a_foreign_cursor_is_the_callers_mistake(cursor):
    with pytest.raises(InvalidInput):
        listing.cards(cursor=cursor)


def test_a_cursor_of_another_order_is_refused():
    make_item()
    make_item()
    cursor = listing.cards(limit=1).next_cursor
    with pytest.raises(InvalidInput):
        listing.cards(sort="popular", cursor=cursor)


@pytest.mark.parametrize("count", [24, 48])
@pytest.mark.parametrize("on_shelf", [False, True])
def test_a_list_is_one_query_whatever_its_length(count, on_shelf, django_assert_num_queries):
    shelf = make_category()
    for _number in range(count + 1):
        make_item(categories=(shelf,), rendered=False)
    with django_assert_num_queries(1):
        found = listing.cards(category=shelf if on_shelf else None, limit=count)
    assert len(found.items) == count
    assert found.has_next


def test_a_card_carries_length_and_language():
    make_item(media_type="audio", language="th", title="ฝน", translations={"en": {"title": "Rain"}})
    (card,) = listing.cards().items
    assert isinstance(card.id, UUID)
    assert (card.duration_ms, card.language, card.translations) == (24_000, "th", {"en": {"title": "Rain"}})


def test_only_a_shown_item_has_a_page(staff):
    item = make_item(slug="blue")
    make_item(slug="waiting", shown=False)
    assert listing.item_by_slug("blue") == item
    assert listing.item_by_slug("waiting") is None
    assert listing.item_by_slug("Blue") is None


def test_old_and_differently_written_addresses_lead_to_the_item(staff):
    item = make_item(slug="น้ำตก")
    slugs.rename(item, "น้ำตกใหญ่", by=staff)
    assert listing.old_slug_target("น้ำตก") == "น้ำตกใหญ่"
    assert listing.old_slug_target("นํ้าตกใหญ่") == "น้ำตกใหญ่"
    assert listing.old_slug_target("nothing") is None


def test_the_old_address_of_a_hidden_item_reveals_nothing(staff):
    item = make_item(slug="one")
    slugs.rename(item, "two", by=staff)
    type(item).objects.filter(pk=item.pk).update(is_public=False)
    assert listing.old_slug_target("one") is None


def test_what_was_removed_after_being_shown_is_known_as_gone(staff):
    item = make_item(slug="one", files=True, rendered=False)
    slugs.rename(item, "two", by=staff)
    moderation.remove(item, by=staff, reason="asked for")
    assert listing.is_removed("one")
    assert listing.is_removed("two")
    assert not listing.is_removed("three")


def test_what_was_never_shown_is_not_known_as_gone(staff):
    moderation.remove(make_item(slug="one", shown=False, rendered=False), by=staff, reason="spam")
    assert not listing.is_removed("one")


def test_related_works_come_from_the_same_shelf():
    shelf = make_category()
    item = make_item(title="this", categories=(shelf,))
    make_item(title="neighbour", prompt="a", categories=(shelf,))
    make_item(title="elsewhere", prompt="b", model_id="flux-2")
    assert [card.title for card in listing.related(item)] == ["neighbour"]


def test_related_works_without_a_shelf_are_of_the_same_model():
    item = make_item(title="this", media_type="video")
    make_item(title="film", prompt="a", media_type="video")
    make_item(title="picture", prompt="b")
    assert [card.title for card in listing.related(item)] == ["film"]


def test_the_tree_leaves_out_switched_off_branches():
    top = make_category("Places", display_order=2)
    make_category("Cities", parent=top)
    make_category("Closed", parent=top, is_active=False)
    off = make_category("Off", is_active=False)
    make_category("Below off", parent=off)
    make_category("Forms", display_order=1)
    tree = listing.category_tree()
    assert [shelf.name for shelf in tree] == ["Forms", "Places"]
    assert [child.name for child in tree[1].children] == ["Cities"]
    assert listing.active_category("below-off") is None
    assert listing.active_category("cities").name == "Cities"
