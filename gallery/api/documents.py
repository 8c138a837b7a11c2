"""What the API says of works and categories, as plain dicts."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.core.files.storage import storages
from django.db.models import QuerySet, UUIDField

from gallery import addresses, cards, texts
from gallery.api.reading import File, Work
from gallery.desk.bulk import Result
from gallery.models import Category, Item, ItemCategory
from gallery.shelves import Shelf
from generation import catalogue
from smartspec.lib.prepared import Given, Prepared
from storage_app import keys
from storage_app.models import Asset
from storage_app.placing import absolute
from storage_app.storages import public_url


def moment(when: datetime | None) -> str | None:
    """RFC 3339 in UTC."""
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z") if when else None


def addresses_of(asset: Asset | File) -> Callable[[str], str]:
    """From the keys of its files to absolute addresses: stable for public ones, else signed and short-lived.

    Public keys are made of ids and need no quoting.
    """
    if asset.visibility == "public":
        return f"{absolute(public_url(''))}{{}}".format
    return lambda key: absolute(storages[asset.visibility].url(key))


def own_categories(ids: list[UUID]) -> dict:
    """The active categories that each item was put into, in one query: {item id: [document, …]}."""
    found: dict = {}
    if not ids:
        return found
    for item_id, id_, slug, name in placements(len(ids)).rows(
        **{f"item_{at}": id_ for at, id_ in enumerate(ids)}
    ):
        document = {"id": str(id_), "slug": slug, "name": name, "url": addresses.category_url(slug)}
        found.setdefault(item_id, []).append(document)
    return found


@lru_cache(128)
def placements(count: int) -> Prepared:
    """Of so many items; the SQL is written once for each number."""
    items = [Given(f"item_{at}", UUIDField()) for at in range(count)]

    def build() -> QuerySet:
        placed = ItemCategory.objects.filter(item__id__in=items, is_own=True, category__is_active=True)
        columns = ("item_id", "category__id", "category__slug", "category__name")
        return placed.order_by("category__display_order").values_list(*columns)

    return Prepared(build)


def item_documents(items: Sequence[Item | Work]) -> list[dict]:
    """Items need `media` and `stats` at hand (select_related)."""
    categories = own_categories([item.id for item in items])
    return [item_document(item, categories.get(item.id, [])) for item in items]


def item_document(item: Item | Work, categories: list[dict]) -> dict:
    model = catalogue.get_model(item.model_id)
    return {
        "id": str(item.id),
        "slug": item.slug,
        "url": addresses.item_url(item.slug),
        "title": item.title,
        "description": item.description,
        "alt_text": item.alt_text,
        "media_type": item.media_type,
        **file_facts(item),
        "categories": categories,
        "keywords": item.keywords,
        "prompt": item.prompt if item.show_prompt else None,
        "model_id": item.model_id,
        "model_name": model.name if model else item.model_id,
        "is_featured": item.is_featured,
        "view_count": item.stats.view_count,
        "like_count": item.stats.like_count,
        "published_at": moment(item.published_at),
        "updated_at": moment(item.updated_at),
        "language": item.language,
        "translations": item.translations,
        "seo": seo(item),
    }


def seo(item: Item | Work) -> dict:
    return {
        "meta_title": item.meta_title or item.title,
        "meta_description": item.meta_description or item.description,
        "canonical_url": addresses.item_url(item.slug, language=addresses.own_language(item)),
    }


def file_facts(item: Item | Work) -> dict:
    """Everything about the item's files; all null when they are gone."""
    asset, card = item.media, item.card
    if asset is None:
        return dict.fromkeys(FILE_FACTS) | {"thumbnails": []}
    address = addresses_of(asset)
    thumbnails = [
        {"width": width, "format": ext, "url": address(thumbnail_key(card, asset, width, ext))}
        for ext, widths in card.get("widths", {}).items()
        for width in widths
    ]
    listed = cards.thumbnail_key(card)
    return {
        "media_url": address(str(asset.file)),
        "thumbnail_url": address(listed) if listed else None,
        "thumbnails": thumbnails,
        "poster_url": address(keys.poster(asset.id)) if card.get("poster") else None,
        "preview_url": address(keys.preview(asset.id)) if card.get("preview") else None,
        "width": asset.width,
        "height": asset.height,
        "duration_ms": asset.duration_ms,
        "placeholder": asset.placeholder or None,
    }


def thumbnail_key(card: dict, asset: Asset | File, width: int, ext: str) -> str:
    return keys.thumbnail(keys.size(width, card.get("recipe", 1)), asset.id, ext)


FILE_FACTS = (
    "media_url",
    "thumbnail_url",
    "thumbnails",
    "poster_url",
    "preview_url",
    "width",
    "height",
    "duration_ms",
    "placeholder",
)


def category_document(category: Category | Shelf) -> dict:
    return {
        "id": str(category.id),
        "slug": category.slug,
        "name": category.name,
        "description": category.description,
        "translations": category.translations,
        "url": addresses.category_url(category.slug),
        "item_count": category.item_count,
        "display_order": category.display_order,
        "covers": {code: cover_url(category.cover_in(code)) for code, _name in settings.LANGUAGES},
    }


def cover_url(card: dict | None) -> str | None:
    url = cards.thumbnail_url(card) if card else None
    return absolute(url) if url else None


def tree_document(shelf: Shelf) -> dict:
    return category_document(shelf) | {"children": [tree_document(child) for child in shelf.children]}


def results_document(results: list[Result]) -> dict:
    """What became of many works at once."""
    return {
        "changed": sum(result.changed for result in results),
        "results": [
            {
                "id": str(result.item_id),
                "changed": result.changed,
                "error": result.error and {"code": result.error.code, "detail": str(result.error.detail)},
            }
            for result in results
        ],
    }


def staff_document(item: Item, categories: list[dict]) -> dict:
    """What moderators see: the public document and what lies behind it."""
    return item_document(item, categories) | {
        "prompt": item.prompt,
        "show_prompt": item.show_prompt,
        "status": item.status,
        "is_public": item.is_public,
        "rating": item.rating,
        "display_order": item.display_order,
        "meta_title": item.meta_title,
        "meta_description": item.meta_description,
        **{name: getattr(item, name) for name in texts.RIGHTS},
        "task_id": str(item.generation_task_id) if item.generation_task_id else None,
        "created_at": moment(item.created_at),
        "approved_at": moment(item.approved_at),
        "reason": last_reason(item),
    }


def last_reason(item: Item) -> str | None:
    """Why the last decision that gave a reason was taken; `decisions` newest first."""
    return next((decision.reason for decision in item.decisions.all() if decision.reason), None)


def staff_documents(items: list[Item]) -> list[dict]:
    categories = own_categories([item.id for item in items])
    return [staff_document(item, categories.get(item.id, [])) for item in items]
