import pytest
from django.db import transaction

from gallery import moderation, slugs
from gallery.errors import SlugTaken
from gallery.models import OldSlug
from gallery.tests.factories import make_item

pytestmark = pytest.mark.django_db


def test_a_long_title_is_cut_at_a_whole_word():
    title = "Lantern festival over the old river town at the edge of the wide and silent northern mountains"
    assert slugs.slugify(title) == (
        "lantern-festival-over-the-old-river-town-at-the-edge-of-the-wide-and-silent"
    )


def test_a_long_thai_title_is_cut_at_a_whole_cluster():
    slug = slugs.slugify("กินที่นี่" * 20)
    assert slug.endswith("ที่")
    assert len(slug) == 78


def test_one_endless_word_is_cut_at_the_limit():
    assert slugs.slugify("x" * 100) == "x" * 80


def test_the_same_title_gets_a_number():
    make_item(title="Blue hour", slug="blue-hour")
    make_item(title="Blue hour", slug="blue-hour-2")
    assert slugs.slug_for("Blue hour") == "blue-hour-3"


def test_a_number_still_fits_into_the_limit():
    make_item(slug="x" * 80)
    assert slugs.slug_for("x" * 100) == "x" * 78 + "-2"


@pytest.mark.parametrize("word", ["Search", "images", "Like", "page"])
def test_reserved_words_are_never_given_alone(word):
    assert slugs.slug_for(word) == f"{word.lower()}-2"


def test_a_title_without_letters_still_gets_an_address():
    assert slugs.slug_for("!!!") == "work"
    make_item(slug="work")
    assert slugs.slug_for("???") == "work-2"


def test_a_renamed_item_keeps_its_old_address(staff):
    item = make_item(slug="first")
    assert slugs.rename(item, "Second name", by=staff)
    item.refresh_from_db()
    assert item.slug == "second-name"
    assert OldSlug.objects.get(slug="first").item == item


def test_an_old_address_is_never_given_to_another(staff):
    slugs.rename(make_item(slug="first"), "second", by=staff)
    assert slugs.slug_for("First") == "first-2"
    with pytest.raises(SlugTaken), transaction.atomic():
        slugs.rename(make_item(slug="third"), "first", by=staff)


def test_an_item_may_take_back_its_own_old_address(staff):
    item = make_item(slug="first")
    slugs.rename(item, "second", by=staff)
    assert slugs.rename(item, "first", by=staff)
    assert slugs.slug_for("second") == "second-2"


def test_the_address_of_a_removed_item_is_never_given_again(staff):
    moderation.remove(make_item(slug="gone", files=True, rendered=False), by=staff, reason="asked")
    assert slugs.slug_for("Gone") == "gone-2"


def test_renaming_to_the_same_words_changes_nothing(staff):
    item = make_item(slug="blue-hour")
    assert not slugs.rename(item, "Blue hour", by=staff)
    assert not OldSlug.objects.exists()


@pytest.mark.parametrize("text", ["", "!!!", "search"])
def test_a_useless_address_is_refused(staff, text):
    with pytest.raises(SlugTaken):
        slugs.rename(make_item(), text, by=staff)
