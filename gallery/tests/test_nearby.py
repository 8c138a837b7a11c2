"""What belongs to a work: works asked for in similar words, the one it was made from, near copies."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.tests.factories import make_user
from gallery import editing, kinship, listing, moderation
from gallery.models import Item, PromptBand
from gallery.search import upkeep
from gallery.tests.factories import make_category, make_item, make_staff
from generation.models import GenerationTask

pytestmark = pytest.mark.django_db
HERON = "A grey heron waits in the reeds at dawn, woodblock print, indigo and rust"
ALIKE = "A white heron waits in tall reeds at dawn, woodblock print, indigo ink"
LESS_ALIKE = "Woodblock print of reeds in the wind, indigo ink"
OTHER = "Chrome robot barista pours coffee, studio light, macro lens, bokeh"
OTHER_MODEL = "flux-2"


def slugs(cards):
    return [card.slug for card in cards]


def test_works_with_a_similar_prompt_come_first_the_most_alike_before_the_others():
    shelf = make_category()
    make_item(slug="less", prompt=LESS_ALIKE, model_id=OTHER_MODEL)
    make_item(slug="alike", prompt=ALIKE, model_id=OTHER_MODEL)
    make_item(slug="robot", prompt=OTHER, model_id=OTHER_MODEL)
    make_item(slug="neighbour", prompt=OTHER, categories=(shelf,), model_id=OTHER_MODEL)
    heron = make_item(prompt=HERON, categories=(shelf,))
    assert slugs(listing.related(heron)) == ["alike", "less", "neighbour"]


def test_thai_prompts_are_alike_too():
    make_item(slug="alike", prompt="นกกระสาสีขาวยืนในดงอ้อยามเช้า ภาพพิมพ์ไม้", model_id=OTHER_MODEL)
    make_item(slug="other", prompt="หุ่นยนต์ชงกาแฟในร้านเล็ก", model_id=OTHER_MODEL)
    assert slugs(listing.related(make_item(prompt="นกกระสาสีเทายืนในดงอ้อยามเช้า ภาพพิมพ์แกะไม้"))) == ["alike"]


def test_then_come_the_newest_of_the_shelf_then_those_of_the_model():
    shelf = make_category()
    make_item(slug="model", prompt="a")
    for number in range(3):
        make_item(slug=f"shelf-{number}", prompt=f"b{number}", categories=(shelf,), model_id=OTHER_MODEL)
    item = make_item(prompt="c", categories=(shelf,))
    assert slugs(listing.related(item)) == ["shelf-2", "shelf-1", "shelf-0", "model"]
    assert slugs(listing.related(item, limit=2, shelf=shelf)) == ["shelf-2", "shelf-1"]


def test_the_work_itself_its_near_copies_and_hidden_works_are_not_related():
    item = make_item(prompt=HERON, published_at=timezone.now() - timedelta(days=1))
    make_item(slug="copy", prompt=HERON.upper(), model_id=OTHER_MODEL)
    hidden = make_item(slug="hidden", prompt=ALIKE, model_id=OTHER_MODEL)
    moderation.hide(hidden, by=make_staff())
    assert listing.related(item) == []
    assert slugs(listing.variations(item)) == ["copy"]


def test_a_hidden_prompt_relates_to_nothing():
    make_item(slug="alike", prompt=ALIKE, model_id=OTHER_MODEL)
    assert listing.related(make_item(prompt=HERON, show_prompt=False, model_id="a")) == []
    make_item(slug="secret", prompt=HERON, show_prompt=False, model_id=OTHER_MODEL)
    assert slugs(listing.related(make_item(prompt=HERON + " again"))) == ["alike"]


def test_many_near_copies_do_not_stand_before_the_kin():
    make_item(slug="alike", prompt=ALIKE, model_id=OTHER_MODEL)
    for _copy in range(4):
        make_item(prompt=HERON, model_id=OTHER_MODEL)
    assert slugs(listing.related(make_item(prompt=HERON), limit=1)) == ["alike"]


def test_a_changed_prompt_has_other_kin():
    make_item(slug="alike", prompt=ALIKE, model_id=OTHER_MODEL)
    item = make_item(prompt=OTHER)
    Item.objects.filter(pk=item.pk).update(prompt=HERON)
    item.refresh_from_db()
    editing.edit(item, by=make_staff(), fields={"keywords": ["heron"]})
    assert slugs(listing.related(item)) == ["alike"]
    assert item.search_entry.bands.count() == len(kinship.bands(HERON))


def test_what_is_related_takes_one_query(django_assert_num_queries):
    shelf = make_category()
    for number in range(14):
        make_item(prompt=f"{ALIKE} {number}", categories=(shelf,), rendered=False)
    item = make_item(prompt=HERON, categories=(shelf,))
    for given in ({}, {"shelf": shelf}):
        with django_assert_num_queries(1):
            assert len(listing.related(item, **given)) == 11


def test_a_full_band_forgets_its_oldest_works(monkeypatch):
    monkeypatch.setattr(kinship, "FULL", 2)
    items = [make_item(prompt="heron") for _number in range(4)]
    kept = PromptBand.objects.values_list("entry__item", flat=True)
    assert set(kept) == {item.pk for item in items[2:]}


def test_works_loaded_in_bulk_have_kin_too():
    one, other = make_item(prompt=HERON), make_item(prompt=ALIKE)
    Item.objects.get(pk=one.pk).search_entry.delete()
    Item.objects.get(pk=other.pk).search_entry.delete()
    assert not PromptBand.objects.exists()
    upkeep.enter([one, other])
    assert slugs(listing.related(one)) == [other.slug]
    assert listing.related(other)[0].slug == one.slug


@pytest.mark.parametrize("prompt", ["", "of a", "the very photo", "!!!"])
def test_a_prompt_that_says_nothing_has_no_bands(prompt):
    assert kinship.bands(prompt) == []


def test_bands_follow_the_words_and_neither_order_nor_case():
    assert kinship.bands("Heron, reeds & dawn") == kinship.bands("DAWN reeds heron HERONS")
    assert all(0 <= band < 2**63 for band in kinship.bands(HERON))


def test_one_word_in_common_makes_no_kin():
    make_item(slug="one", prompt="Dawn over a harbour of copper cranes, gouache", model_id=OTHER_MODEL)
    assert listing.related(make_item(prompt=HERON)) == []


def make_attempt(parent=None, **fields):
    """A finished task, without files."""
    done = {"status": "completed", "stage": "done", "task_type": "image", "model_id": OTHER_MODEL}
    return GenerationTask.objects.create(
        **done, user=make_user(), prompt="a", credits_quoted=1, parent=parent, **fields
    )


def shown_from(task, **fields):
    """A work that was pending and is approved, as from the desk."""
    item = make_item(shown=False, generation_task=task, prompt=f"{task.pk}", files=True, **fields)
    moderation.approve(item, by=make_staff())
    return item


def origin(item):
    return Item.objects.get(pk=item.pk).made_from


def test_a_work_knows_the_work_that_its_task_started_from():
    first = make_attempt()
    boat = shown_from(first, slug="boat")
    night = shown_from(make_attempt(parent=first), slug="night")
    assert origin(night) == boat
    assert listing.lineage(Item.objects.get(pk=night.pk)).origin.slug == "boat"
    assert slugs(listing.lineage(boat).made) == ["night"]


def test_attempts_that_were_not_shown_are_passed_over():
    first = make_attempt()
    boat = shown_from(first)
    assert origin(shown_from(make_attempt(parent=make_attempt(parent=make_attempt(parent=first))))) == boat


def test_a_work_that_was_named_by_its_slug_is_the_origin():
    boat = make_item(slug="boat")
    remix = make_attempt(output_metadata={"remix_of": "boat"})
    assert origin(shown_from(remix)) == boat
    editing.edit(boat, by=make_staff(), fields={"slug": "ship"})
    assert origin(shown_from(make_attempt(parent=remix))).pk != boat.pk  # the shown remix is nearer
    assert origin(shown_from(make_attempt(output_metadata={"remix_of": "boat"}))) == boat


def test_an_origin_that_is_shown_later_is_found_then():
    first = make_attempt()
    night = shown_from(make_attempt(parent=first))
    assert origin(night) is None
    boat = shown_from(first)
    assert origin(night) == boat


def test_the_origin_stays_known_when_tasks_are_gone():
    first = make_attempt()
    boat = shown_from(first)
    second = make_attempt(parent=first)
    night = shown_from(second)
    Item.objects.update(generation_task=None)
    GenerationTask.objects.all().delete()
    assert origin(night) == boat


def test_an_origin_that_is_hidden_is_not_told():
    first = make_attempt()
    boat = shown_from(first)
    night = shown_from(make_attempt(parent=first))
    moderation.hide(Item.objects.get(pk=boat.pk), by=make_staff())
    assert listing.lineage(Item.objects.get(pk=night.pk)).origin is None
    assert slugs(listing.lineage(boat).made) == [night.slug]


def test_tasks_that_lead_in_a_circle_lead_nowhere():
    one = make_attempt()
    other = make_attempt(parent=one)
    GenerationTask.objects.filter(pk=one.pk).update(parent=other)
    assert origin(shown_from(one)) is None


def test_a_lineage_takes_one_query(django_assert_num_queries):
    first = make_attempt()
    boat = shown_from(first)
    shown_from(make_attempt(parent=first))
    with django_assert_num_queries(1):
        assert len(listing.lineage(boat).made) == 1
