"""What visitors and programs ask of a gallery, and what PostgreSQL would read to answer it."""

import json
from collections.abc import Callable, Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gallery import listing, search, sitemap_parts
from gallery.archive import months
from gallery.models import Category, Item

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
FEW = 3_500  # rows: what a search looks at before it asks the index may be sorted, and no more


def questions(*, item: Item, shelf: Category, common: str, rare: str, several: str) -> dict[str, Callable]:
    """By name. `common` is a word of very many works, `rare` of a single one, `several` of some hundred."""
    cursor = listing.cards(limit=24).next_cursor
    part = sitemap_parts.part_of(Item.objects.listed().newest().first().search_entry.pk)
    slug = item.slug
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
        "common word": {"q": common},
        "rare word": {"q": rare},
        "some hundred": {"q": several},
        "no word": {"q": "zebra"},
        "popular with a common word": {"q": common, "sort": "popular"},
        "popular with a rare word": {"q": rare, "sort": "popular"},
        "common word of a kind": {"q": common, "media_type": "video"},
    }
    asked = {name: lambda wishes=wishes: listing.cards(**wishes) for name, wishes in lists.items()}
    asked |= {
        "item": lambda: listing.item_by_slug(slug),
        "old slug": lambda: (listing.old_slug_target("nothing"), listing.is_removed("nothing")),
        "related": lambda: listing.related(Item.objects.get(slug=slug)),
        "related on a known shelf": lambda: listing.related(Item.objects.get(slug=slug), shelf=shelf),
        "lineage": lambda: listing.lineage(Item.objects.get(slug=slug)),
        "variations": lambda: listing.variations(Item.objects.get(slug=slug)),
        "months": months,
        "a part of the sitemap": lambda: list(sitemap_parts.works(part)),
        "misspelt": lambda: search.find(q=f"{common[:-1]}m"),
    }
    paths = (
        "/gallery",
        "/gallery/images",
        f"/gallery/category/{shelf.slug}",
        f"/gallery/{slug}",
        "/gallery/feed",
        f"/gallery/category/{shelf.slug}/feed",
        "/sitemap.xml",
        "/sitemap-pages.xml",
        "/api/v1/gallery",
        "/api/v1/gallery?sort=popular",
        f"/api/v1/gallery?q={common}&category={shelf.slug}",
        f"/api/v1/gallery/{slug}",
        f"/api/v1/gallery/categories/{shelf.slug}",
    )
    return asked | {path: lambda path=path: Client().get(path) for path in paths}


def faults(asked: dict[str, Callable]) -> dict[str, tuple[list[str], str]]:
    """The questions that read a large table from end to end, or sort what they found of one."""
    found = {}
    for name, ask in asked.items():
        with CaptureQueriesContext(connection) as captured:
            ask()
        for query in captured.captured_queries:
            if query["sql"].startswith("SELECT") and (wrong := sorted(wrongs(plan_of(query["sql"])))):
                found[name] = (wrong, query["sql"][:2000])
    return found


def plan_of(sql: str) -> dict:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        [document] = cursor.fetchone()
    document = json.loads(document) if isinstance(document, str) else document
    return document[0]["Plan"]


def wrongs(plan: dict) -> Iterator[str]:
    for node in nodes(plan):
        table = node.get("Relation Name")
        if node["Node Type"] == "Seq Scan" and table in LARGE:
            yield f"reads all of {table}"
        if "Sort" in node["Node Type"] and (table := sorted_table(node)):
            yield f"sorts {table}"


def nodes(plan: dict) -> Iterator[dict]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


def sorted_table(sort: dict) -> str | None:
    """The large table whose rows this node sorts, when they are many."""
    if sort["Node Type"] == "Incremental Sort" or max(each["Plan Rows"] for each in sort["Plans"]) <= FEW:
        return None
    tables = {node.get("Relation Name") for each in sort["Plans"] for node in nodes(each)} & LARGE
    return min(tables, default=None)
