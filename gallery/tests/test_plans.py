"""Every public question is answered by an index: the plans that PostgreSQL makes for 100,000 works."""

import pytest
from django.db import connection

from gallery import kinship, sitemap_parts
from gallery.models import Category, Item, PromptBand
from gallery.tests.factories import make_category, make_item
from gallery.tests.plans import faults, questions

pytestmark = [
    pytest.mark.postgres_only(reason="SQLite shows no plan that could be read by a program"),
    pytest.mark.django_db,
]
WORKS = 100_000
LOAD = """
SET LOCAL statement_timeout = 0;
CREATE TEMPORARY TABLE works ON COMMIT DROP AS
    SELECT n, gen_random_uuid() AS id, gen_random_uuid() AS media,
           now() - n * interval '7 minutes' AS published_at,
           (ARRAY['image', 'image', 'image', 'video', 'audio'])[1 + n %% 5] AS media_type
    FROM generate_series(1, %(works)s) AS n;
INSERT INTO storage_assets
    SELECT made.* FROM works, storage_assets AS boat, jsonb_populate_record(boat, jsonb_build_object(
        'id', media, 'file', n || '.png', 'media_type', works.media_type)) AS made
    WHERE boat.id = %(boat_media)s;
INSERT INTO gallery_items
    SELECT made.* FROM works, gallery_items AS boat, jsonb_populate_record(boat, jsonb_build_object(
        'id', works.id, 'media_id', media, 'media_type', works.media_type, 'slug', 'w-' || n,
        'title', 'Lantern boat number ' || n, 'prompt', 'boat ' || n, 'is_featured', n %% 100 = 0,
        'model_id', (ARRAY['nano-banana-pro', 'wan/2-6-text-to-video'])[1 + n %% 2],
        'published_at', works.published_at, 'created_at', works.published_at)) AS made
    WHERE boat.id = %(boat)s;
INSERT INTO gallery_item_stats (item_id, view_count, like_count, popularity, published_at)
    SELECT id, n %% 97, n %% 13, (n %% 13) * 10000 + n %% 97, published_at FROM works;
INSERT INTO gallery_search (item_id, published_at, media_type, cluster, runs, tokens)
    SELECT id, published_at, media_type, md5(n::text), '',
           array_to_tsvector(ARRAY['lantern', 'boat', 'w' || n, 'some' || n / 20, 'rare' || n / 1000])
    FROM works;
INSERT INTO gallery_prompt_bands (band, entry_id)
    SELECT id * 37 + place, id FROM gallery_search, generate_series(1, 3) AS place
    UNION SELECT band, id FROM unnest(%(bands)s) AS band, gallery_search WHERE id %% 2000 = 0;
INSERT INTO gallery_item_categories (item_id, category_id, is_own, published_at)
    SELECT id, %(shelf)s, true, published_at FROM works WHERE n %% 4 = 0
    UNION ALL SELECT id, %(top)s, false, published_at FROM works WHERE n %% 4 = 0;
ANALYZE gallery_items, gallery_item_stats, gallery_search, gallery_item_categories, storage_assets,
    gallery_prompt_bands;
"""


@pytest.fixture
def shelf(db):
    """A gallery of 100,000 works; a quarter of them on this shelf, below another."""
    top = make_category("Nature")
    shelf = make_category("Water", parent=top)
    boat = make_item(slug="boat", categories=(shelf,))
    PromptBand.objects.all().delete()
    names = {"works": WORKS, "shelf": shelf.pk, "top": top.pk, "boat": boat.pk, "boat_media": boat.media_id}
    names["bands"] = kinship.bands(boat.prompt)
    with connection.cursor() as cursor:
        cursor.execute(LOAD, names)
    Category.objects.update(item_count=WORKS // 4)
    return shelf


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    """A part of the usual size would be a tenth of these works, which is quicker read with all the others."""
    monkeypatch.setattr(sitemap_parts, "SIZE", 1_000)


def test_no_question_reads_or_sorts_a_whole_table(shelf):
    asked = questions(
        item=Item.objects.get(slug="boat"), shelf=shelf, common="lantern", rare="w77777",
        several="lantern rare7",
    )  # fmt: skip
    assert faults(asked) == {}


def test_a_question_without_an_index_is_found_out(shelf):
    asked = {
        "by prompt": lambda: list(Item.objects.filter(prompt="boat 7")),
        "by words": lambda: list(Item.objects.filter(is_public=True).order_by("description", "id")[:50_000]),
    }
    found = {name: wrong for name, (wrong, _sql) in faults(asked).items()}
    assert found["by prompt"] == ["reads all of gallery_items"]
    assert "sorts gallery_items" in found["by words"]
