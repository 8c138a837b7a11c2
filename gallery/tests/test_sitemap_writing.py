"""How the works of one range become files: read once for both languages, and never called newer than read."""

import pytest

from gallery import sitemap_parts
from gallery.models import Item, SitemapPart
from gallery.tests.factories import make_item
from gallery.tests.test_indexing import THAI

pytestmark = pytest.mark.django_db


def both_parts():
    return SitemapPart.objects.order_by("language")


def test_writing_a_range_in_both_languages_takes_four_queries(django_assert_num_queries):
    for _number in range(20):
        make_item(rendered=False)
    english, thai = both_parts()
    with django_assert_num_queries(4):
        sitemap_parts.write(english)
    thai.refresh_from_db()
    assert (english.works, thai.works, sitemap_parts.is_fresh(thai)) == (20, 0, True)


def test_a_fresh_part_is_not_written_beside_its_sister(django_assert_num_queries):
    make_item()
    english, _thai = both_parts()
    sitemap_parts.write(english)
    with django_assert_num_queries(3):
        sitemap_parts.write(english)


def test_what_changes_after_it_was_read_makes_no_part_fresh(monkeypatch):
    item = make_item(translations={"th": THAI})
    read = sitemap_parts.read

    def read_before_a_change(works):
        found = iter(list(read(works)))
        sitemap_parts.mark([item.search_entry.pk])
        return found

    monkeypatch.setattr(sitemap_parts, "read", read_before_a_change)
    english, _thai = both_parts()
    assert not sitemap_parts.write(english)
    assert not [part for part in both_parts() if sitemap_parts.is_fresh(part)]


@pytest.mark.parametrize(
    "texts, is_told",
    [
        ({}, True),
        ({"title": "  Ein Schiff bei Deich "}, True),
        ({"alt_text": "EIN SCHIFF BEI DEICH", "title": "Ein Schiff bei Deich"}, False),
        ({"title": "kurz"}, False),
        ({"title": None}, False),
    ],
)
def test_a_translation_is_told_when_its_words_are_enough(client, texts, is_told):
    item = make_item(slug="boat", translations={"th": THAI | texts})
    answer = client.get(f"/sitemap-works-th-{sitemap_parts.part_of(item.search_entry.pk)}.xml")
    assert (answer.status_code == 200) is is_told
    assert Item.objects.indexable("th").exists() is is_told


def test_letters_whose_case_databases_see_differently_are_left_to_the_database(client):
    texts = {"alt_text": "EIN SCHIFF BEI \u00dcBERSEE", "title": "Ein Schiff bei \u00dcbersee"}
    item = make_item(translations={"th": THAI | texts})
    answer = client.get(f"/sitemap-works-th-{sitemap_parts.part_of(item.search_entry.pk)}.xml")
    assert (answer.status_code == 200) is Item.objects.indexable("th").exists()
