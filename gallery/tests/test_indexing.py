from datetime import timedelta

import pytest
from django.utils import timezone

from gallery import editing, indexing, listing, moderation
from gallery.models import Item
from gallery.search import upkeep
from gallery.tests.factories import make_item, make_staff
from storage_app.provenance import remember_likeness

pytestmark = pytest.mark.django_db
LONG = "A long text that says what can be seen here, in words that stand nowhere else on this site, calmly."
THAI = {
    "title": "เรือโคมลอยยามเย็น",
    "description": "เรือลำเล็กลอยผ่านแม่น้ำยามเย็น โคมกระดาษส่องแสงสีส้มบนผิวน้ำสีดำ ผู้คนยืนมองจากสะพานไม้เก่าอย่างเงียบงัน",
    "alt_text": "โคมสีส้มสะท้อนในน้ำ",
}


def codes(item, language="en"):
    found = [reason.code for reason in indexing.reasons(item, language)]
    read = listing.item_by_slug(item.slug)
    if read is not None:
        assert indexing.indexable(read, language) is (not found)
    assert indexing.indexable(Item.objects.get(pk=item.pk), language) is (not found)
    return found


def test_a_whole_work_is_indexed_in_its_own_language():
    item = make_item()
    assert codes(item, "en") == []
    assert codes(item, "th") == ["title", "description", "alt_text"]
    assert indexing.languages(item) == ["en"]


def test_a_translated_work_is_indexed_in_both():
    item = make_item(translations={"th": THAI})
    assert indexing.languages(item) == ["en", "th"]


def test_a_thai_work_is_indexed_in_thai():
    assert indexing.languages(make_item(language="th", **THAI)) == ["th"]


@pytest.mark.parametrize(
    "fields, reasons",
    [
        ({"title": "Ten chars!"}, []),
        ({"title": "Nine char"}, ["title"]),
        ({"title": "Nine char  "}, ["title"]),
        ({"description": "x" * 80}, []),
        ({"description": "x" * 79}, ["description"]),
        ({"alt_text": ""}, ["alt_text"]),
        ({"title": "A boat at night", "alt_text": "a BOAT at night"}, ["alt_differs"]),
        ({"description": LONG, "alt_text": LONG}, ["alt_differs"]),
        ({"is_public": False}, ["hidden"]),
        ({"rating": "sensitive"}, ["sensitive"]),
        ({"shown": False}, ["status"]),
    ],
)
def test_every_rule_says_what_is_wrong(fields, reasons):
    assert codes(make_item(**fields)) == reasons


def test_how_much_text_is_enough_can_be_set(settings):
    item = make_item(description="Short.")
    settings.INDEXABLE_TEXTS = settings.INDEXABLE_TEXTS | {"description": 5}
    assert codes(item) == []


def test_reasons_are_sentences():
    [reason] = indexing.reasons(make_item(alt_text=""), "en")
    assert reason.text == "It has no alt text in this language."


def test_of_works_with_the_same_prompt_the_oldest_is_indexed():
    now = timezone.now()
    young = make_item(prompt="a boat, at NIGHT", published_at=now)
    old = make_item(prompt="Boats at a night!", published_at=now - timedelta(days=1))
    other = make_item(prompt="A boat at noon")
    film = make_item(prompt="A boat at night", media_type="video")
    assert codes(young) == ["duplicate"]
    assert codes(old) == codes(other) == codes(film) == []


def test_works_without_a_prompt_are_not_the_same():
    for _number in range(2):
        assert codes(make_item(prompt="")) == []


def test_when_the_oldest_leaves_the_next_takes_its_place():
    old = make_item(prompt="A boat", published_at=timezone.now() - timedelta(days=1))
    young, youngest = make_item(prompt="A boat"), make_item(prompt="A boat")
    moderation.hide(old, by=make_staff())
    assert codes(young) == []
    assert codes(youngest) == ["duplicate"]


def test_another_prompt_makes_another_work():
    make_item(prompt="A boat", published_at=timezone.now() - timedelta(days=1))
    young = make_item(prompt="A boat")
    Item.objects.filter(pk=young.pk).update(prompt="A ship")
    young.refresh_from_db()
    editing.edit(young, by=make_staff(), fields={"keywords": ["ship"]})
    assert codes(young) == []


def looks(likeness, **fields):
    item = make_item(asset={"likeness": likeness}, **fields)
    remember_likeness(item.media)
    upkeep.refresh(item)
    return item


def test_of_works_that_look_the_same_the_oldest_is_indexed():
    now = timezone.now()
    old = looks(0x0F0F_1234_5678_9ABC, published_at=now - timedelta(days=2))
    copy = looks(0x0F0F_1234_5678_9ABF, published_at=now - timedelta(days=1))
    third = looks(0x0F0F_1234_5678_9ABE, published_at=now)
    other = looks(0x0F0F_FFFF_0000_0000, published_at=now)
    assert codes(copy) == codes(third) == ["duplicate"]
    assert codes(old) == codes(other) == []
    assert [card.id for card in listing.variations(third)] == [copy.pk, old.pk]
    assert listing.variations(other) == []


def test_an_item_page_needs_no_further_query(django_assert_num_queries):
    make_item(slug="boat")
    item = listing.item_by_slug("boat")
    with django_assert_num_queries(0):
        assert indexing.languages(item) == ["en"]
