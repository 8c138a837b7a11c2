"""A prepared question finds what its queryset would find, whatever values it is asked with."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import BooleanField, CharField, DateTimeField, UUIDField, Value
from django.utils import timezone

from gallery.models import Category, Item, ItemStats
from gallery.tests.factories import make_category, make_item
from smartspec.lib.prepared import Given, Prepared

pytestmark = pytest.mark.django_db
ID, KIND, SINCE = Given("id", UUIDField()), Given("kind", CharField()), Given("since", DateTimeField())


def test_it_is_asked_again_with_other_values():
    boat, film = make_item(slug="boat"), make_item(slug="film", media_type="video")
    slugs = Prepared(lambda: Item.objects.filter(media_type=KIND).values_list("slug"))
    assert slugs.rows(kind="image") == [[boat.slug]]
    assert slugs.rows(kind="video") == [[film.slug]]
    assert slugs.rows(kind="' OR 1 = 1 --") == []


def test_the_queryset_is_made_once():
    made = []

    def build():
        made.append("queryset")
        return Item.objects.filter(pk=ID).values_list("slug")

    slugs = Prepared(build)
    for item in (make_item(), make_item()):
        assert slugs.rows(id=item.pk) == [[item.slug]]
    assert made == ["queryset"]


def test_a_question_takes_one_query(django_assert_num_queries):
    item = make_item()
    found = Prepared(lambda: Item.objects.filter(pk=ID).select_related("media"))
    with django_assert_num_queries(1):
        assert found.instances(id=item.pk)[0].media == item.media


def test_nothing_is_equal_to_a_value_that_is_missing():
    make_item()
    assert Prepared(lambda: Item.objects.filter(made_from=ID).values_list("slug")).rows(id=None) == []


def test_a_value_may_stand_in_several_places():
    one, other = make_item(slug="one"), make_item(slug="other")
    names = [Given("first", UUIDField()), Given("second", UUIDField())]
    rest = Prepared(lambda: Item.objects.filter(pk__in=names).exclude(pk=names[0]).values_list("slug"))
    assert rest.rows(first=one.pk, second=other.pk) == [["other"]]
    assert rest.rows(first=one.pk, second=None) == []


def test_values_come_back_as_python_knows_them():
    item = make_item(translations={"th": {"title": "เรือ"}})
    columns = ("id", "translations", "published_at", "is_public")
    found = Prepared(lambda: Item.objects.filter(pk=ID, published_at__gte=SINCE).values_list(*columns))
    since = timezone.now() - timedelta(days=1)
    stored = Item.objects.values_list(*columns).get(pk=item.pk)
    assert found.rows(id=item.pk, since=since) == [[*stored]]


def test_instances_are_those_of_the_queryset():
    item = make_item()
    wanted = Item.objects.select_related("media", "stats").annotate(
        is_ours=Value(True, output_field=BooleanField())
    )
    [read] = Prepared(lambda: wanted.filter(pk=ID)).instances(id=item.pk)
    stored = wanted.get(pk=item.pk)
    for name in ("media", "stats"):
        assert values_of(getattr(read, name)) == values_of(getattr(stored, name))
    assert values_of(read) == values_of(stored)
    assert read.is_ours is True
    read.save(update_fields=["title"])  # it knows that it stands in the database


def values_of(instance):
    return {field.attname: getattr(instance, field.attname) for field in instance._meta.concrete_fields}


def test_what_is_not_there_to_be_selected_besides_is_none():
    item = make_item()
    ItemStats.objects.filter(item=item).delete()
    [read] = Prepared(lambda: Item.objects.filter(pk=ID).select_related("stats")).instances(id=item.pk)
    assert not hasattr(read, "stats")


def test_several_steps_are_selected_at_once(django_assert_num_queries):
    water = make_category("Water", parent=make_category("Nature", parent=make_category("World")))
    found = Prepared(lambda: Category.objects.filter(pk=ID).select_related("parent__parent"))
    with django_assert_num_queries(1):
        [read] = found.instances(id=water.pk)
        assert read.parent.parent.name == "World"


def test_an_id_that_is_nobodys_finds_no_instance():
    assert Prepared(lambda: Item.objects.filter(pk=ID)).instances(id=uuid4()) == []
