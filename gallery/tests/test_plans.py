"""Every public question is answered by an index: the plans that PostgreSQL makes for 100,000 works."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gallery import kinship, listing, search, sitemap_parts
from gallery.archive import months
from gallery.models import Category, Item, PromptBand
from gallery.tests.factories import make_category, make_item

pytestmark = [
    pytest.mark.postgres_only(reason="SQLite shows no plan that could be read by a program"),
    pytest.mark.django_db,
]
WORKS = 100_000
LARGE = {
    "gallery_items",
    "gallery_item_categories",
    "gallery_item_stats",
    "gallery_search",
    "gallery_old_slugs",
    "gallery_prompt_bands",
    "storage_assets",
    "storage_renditions",
}
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


def nodes(plan):
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


def scanned_whole(sql):
    """The large tables that this statement would read from end to end."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        [document] = cursor.fetchone()
    document = json.loads(document) if isinstance(document, str) else document
    found = nodes(document[0]["Plan"])
    return {node["Relation Name"] for node in found if node["Node Type"] == "Seq Scan"} & LARGE


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    """A part of the usual size would be a tenth of these works, which is quicker read with all the others."""
    monkeypatch.setattr(sitemap_parts, "SIZE", 1_000)


def questions(shelf):
    """What visitors and programs ask, by name."""
    cursor = listing.cards(limit=24).next_cursor
    part = sitemap_parts.part_of(Item.objects.listed().newest().first().search_entry.pk)
    lists = {
        "front": {},
        "page 50": {"page": 50},
        "behind a cursor": {"cursor": cursor},
        "kind": {"media_type": "audio"},
        "model": {"model": "nano-banana-pro"},
        "featured": {"featured": True},
        "shelf": {"category": shelf},
        "month": {"month": months()[-1]},
        "popular": {"sort": "popular"},
        "trending": {"sort": "trending"},
        "popular of a kind": {"sort": "popular", "media_type": "video"},
        "popular on a shelf": {"sort": "popular", "category": shelf},
        "common word": {"q": "lantern"},
        "rare word": {"q": "w77777"},
        "some hundred": {"q": "lantern rare7"},
        "no word": {"q": "zebra"},
        "popular with a common word": {"q": "lantern", "sort": "popular"},
        "popular with a rare word": {"q": "w77777", "sort": "popular"},
        "common word of a kind": {"q": "lantern", "media_type": "video"},
    }
    asked = {name: lambda wishes=wishes: listing.cards(**wishes) for name, wishes in lists.items()}
    return asked | {
        "item": lambda: listing.item_by_slug("boat"),
        "old slug": lambda: (listing.old_slug_target("nothing"), listing.is_removed("nothing")),
        "related": lambda: listing.related(Item.objects.get(slug="boat")),
        "related on a known shelf": lambda: listing.related(Item.objects.get(slug="boat"), shelf=shelf),
        "lineage": lambda: listing.lineage(Item.objects.get(slug="boat")),
        "variations": lambda: listing.variations(Item.objects.get(slug="boat")),
        "months": months,
        "a part of the sitemap": lambda: list(sitemap_parts.works(part, "en")),
        "misspelt": lambda: search.find(q="lanterm"),
    }


def test_no_question_reads_a_whole_table(shelf, client):
    asked = questions(shelf) | {
        path: lambda path=path: client.get(path)
        for path in (
            "/gallery",
            "/gallery/images",
            "/gallery/category/water",
            "/gallery/boat",
            "/gallery/feed",
            "/gallery/category/water/feed",
            "/sitemap.xml",
            "/sitemap-pages.xml",
            "/api/v1/gallery",
            "/api/v1/gallery?sort=popular",
            "/api/v1/gallery?q=lantern&category=water",
            "/api/v1/gallery/boat",
            "/api/v1/gallery/categories/water",
        )
    }
    faults = {}
    for name, ask in asked.items():
        with CaptureQueriesContext(connection) as captured:
            ask()
        for query in captured.captured_queries:
            if query["sql"].startswith("SELECT") and (tables := scanned_whole(query["sql"])):
                faults[name] = (sorted(tables), query["sql"][:2000])
    assert faults == {}
