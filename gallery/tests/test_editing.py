import pytest

from gallery import editing, moderation
from gallery.errors import SlugTaken, UnknownCategory, WrongMove
from gallery.models import Decision, Item, OldSlug
from gallery.tests.factories import make_category, make_item

pytestmark = pytest.mark.django_db


def test_texts_are_changed_and_the_change_is_remembered(staff):
    item = make_item(title="Old words")
    assert editing.edit(item, by=staff, fields={"title": "New words", "keywords": ["a"]})
    item.refresh_from_db()
    assert (item.title, item.keywords) == ("New words", ["a"])
    decision = Decision.objects.get()
    assert (decision.action, decision.before["title"], decision.by) == ("edit", "Old words", staff)


def test_an_edit_makes_the_item_younger(staff):
    item = make_item()
    before = item.updated_at
    editing.edit(item, by=staff, fields={"alt_text": "Something else"})
    assert Item.objects.get().updated_at > before


def test_an_edit_of_nothing_writes_nothing(staff):
    item = make_item(title="Same")
    before = item.updated_at
    assert not editing.edit(item, by=staff, fields={"title": "Same"})
    assert Item.objects.get().updated_at == before
    assert not Decision.objects.exists()


def test_what_is_not_given_stays(staff):
    item = make_item(description="Stays")
    editing.edit(item, by=staff, fields={"title": "New"})
    assert Item.objects.get().description == "Stays"


def test_empty_translations_are_dropped(staff):
    item = make_item()
    texts = {"th": {"title": "โคม", "description": " ", "alt_text": ""}, "en": {"title": "own language"}}
    editing.edit(item, by=staff, fields={"translations": texts})
    assert Item.objects.get().translations == {"th": {"title": "โคม"}}


def test_a_new_address_keeps_the_old_one(staff):
    item = make_item(slug="old")
    editing.edit(item, by=staff, fields={"slug": "New address"})
    assert Item.objects.get().slug == "new-address"
    assert OldSlug.objects.get().slug == "old"


def test_a_refused_part_refuses_the_whole(staff):
    make_item(slug="taken")
    item = make_item(title="Before")
    for fields, error in (({"slug": "taken"}, SlugTaken), ({"categories": ["nowhere"]}, UnknownCategory)):
        with pytest.raises(error):
            editing.edit(item, by=staff, fields={"title": "After"} | fields)
    assert Item.objects.get(pk=item.pk).title == "Before"


def test_shelves_featuring_and_rating_go_their_own_ways(staff):
    shelf = make_category("Boats")
    item = make_item()
    editing.edit(item, by=staff, fields={"categories": ["boats"], "is_featured": True})
    shelf.refresh_from_db()
    assert shelf.item_count == 1
    assert Item.objects.get().is_featured
    editing.edit(item, by=staff, fields={"rating": "sensitive", "is_featured": False})
    shelf.refresh_from_db()
    assert shelf.item_count == 0


def test_an_item_is_hidden_and_shown_by_an_edit(staff):
    item = make_item(files=True, rendered=False)
    editing.edit(item, by=staff, fields={"is_public": False})
    assert not Item.objects.public().exists()
    editing.edit(item, by=staff, fields={"is_public": True})
    assert Item.objects.public().exists()


def test_a_removed_item_is_not_edited(staff):
    item = make_item(files=True, rendered=False)
    moderation.remove(item, by=staff, reason="asked for")
    with pytest.raises(WrongMove):
        editing.edit(item, by=staff, fields={"title": "Back again"})
