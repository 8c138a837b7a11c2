"""Reading from a loaded work whether it is indexed gives what the database answers."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gallery import indexing, listing
from gallery.models import Item
from gallery.tests.factories import make_item
from gallery.tests.test_indexing import LONG, THAI

pytestmark = pytest.mark.django_db
BOAT = "A boat at night"
TEXTS = {
    "title": ["", BOAT, f"  {BOAT} ", "Nine char", "เรือโคมลอยยามเย็น", "Ein Schiff bei Übersee", LONG],
    "description": ["", LONG, f" {LONG}", LONG.upper(), "x" * 79, THAI["description"], "ü" * 80],
    "alt_text": [
        *("", BOAT.upper(), LONG.lower(), "Lanterns on water", "ein schiff bei übersee", "\tA boat at night"),
        *("EIN SCHIFF BEI ÜBERSEE", "Ü" * 80, "เรือโคมลอยยามเย็น", "โคมสีส้มสะท้อนในน้ำ"),
    ],
}
SWITCHES = {
    "is_public": [True, True, True, False],
    "rating": ["general", "general", "general", "sensitive"],
    "language": ["en", "th"],
    "prompt": ["", "a boat", "a ship"],
}


def some_texts(chance):
    return {name: chance.choice(texts) for name, texts in TEXTS.items()}


def foreign_texts(chance):
    """Texts in the other language, which may be missing, whole or in part, or be no texts."""
    said = {name: text for name, text in some_texts(chance).items() if chance.random() < 0.9}
    return chance.choice([{}, said, said, said, {"title": None}])


def some_work(chance):
    fields = {name: chance.choice(values) for name, values in SWITCHES.items()}
    other = "th" if fields["language"] == "en" else "en"
    item = make_item(rendered=False)
    fields |= some_texts(chance) | {"translations": {other: foreign_texts(chance)}}
    Item.objects.filter(pk=item.pk).update(**fields)
    return item.pk


def asked_of_the_database(pk):
    return {name: Item.objects.indexable(name).filter(pk=pk).exists() for name in indexing.LANGUAGES}


@pytest.mark.parametrize("seed", range(4))
def test_what_is_read_is_what_the_database_answers(seed):
    chance = random.Random(seed)
    for pk in [some_work(chance) for _number in range(60)]:
        read = Item.objects.with_indexing().get(pk=pk)
        truth = asked_of_the_database(pk)
        for language in indexing.LANGUAGES:
            assert indexing.read_from(read, language) in (truth[language], None), vars(read)
            assert indexing.indexable(read, language) is truth[language], vars(read)


def test_of_works_that_hardly_differ_only_the_oldest_is_read_as_indexed():
    items = [make_item(prompt="A boat") for _number in range(3)]
    read = [listing.item_by_slug(item.slug) for item in items]
    assert [indexing.read_from(item, "en") for item in read] == [True, False, False]


@pytest.mark.parametrize(
    "one, other, same",
    [
        ("A boat", "a BOAT", True),
        ("A boat", "A ship", False),
        ("A boat", "A boats", False),
        ("เรือ", "เรือ", True),
        ("เรือโคม", "โคมเรือ", False),
        ("Über", "ÜBER", True),
        ("Über", "über", None),
        ("Über", "übel", False),
    ],
)
def test_texts_are_the_same_but_for_the_case_of_latin_letters(one, other, same):
    assert indexing.repeats(one, other) is same
    assert indexing.repeats(other, one) is same


def test_a_letter_whose_case_databases_see_differently_is_left_to_the_database():
    make_item(slug="ship", title="Über dem Wasser", alt_text="über dem wasser")
    item = listing.item_by_slug("ship")
    with CaptureQueriesContext(connection) as queries:
        assert indexing.indexable(item, "en") is asked_of_the_database(item.pk)["en"]
    assert queries[0]["sql"].startswith("SELECT 1")


def test_a_work_that_was_loaded_in_another_way_is_asked_about(django_assert_num_queries):
    item = Item.objects.get(pk=make_item().pk)
    assert indexing.read_from(item, "en") is None
    with django_assert_num_queries(1):
        assert indexing.indexable(item, "en")
