"""What search engines are told of: complete works and the pages that lead to them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max, Q, QuerySet

from gallery import addresses
from gallery.models import Category, Item
from gallery.texts import NAMES
from storage_app import keys
from storage_app.placing import absolute
from storage_app.storages import public_url

KIND_PAGES = {"image": "images", "video": "videos", "audio": "audio"}
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


class SiteSitemap(Sitemap):
    """Addresses begin with SITE_URL, whatever host was asked; `location` is a whole URL."""

    limit = 10_000
    changefreq = "weekly"
    priority = 0.8

    def get_urls(self, page=1, site=None, protocol=None) -> list[dict[str, Any]]:
        return [self.entry(item) for item in self.paginator.page(page).object_list]

    def entry(self, item) -> dict[str, Any]:
        return {"location": item[0], "lastmod": item[1]}

    def get_latest_lastmod(self) -> datetime | None:
        return Item.objects.listed().aggregate(latest=Max("updated_at"))["latest"]


class WorkSitemap(SiteSitemap):
    """Works with title, description and alt text in one language."""

    def __init__(self, language: str):
        self.language = language

    def items(self) -> QuerySet:
        own = Q(language=self.language) & ~Q(description="") & ~Q(alt_text="")
        translated = ~Q(language=self.language) & Q(
            **{f"translations__{self.language}__has_keys": list(NAMES)}
        )
        return Item.objects.listed().filter(own | translated).select_related("media").newest()

    def entry(self, item: Item) -> dict[str, Any]:
        media = absolute(public_url(item.media.file.name))
        return {
            "location": addresses.item_url(item.slug, language=self.language),
            "lastmod": item.updated_at,
            "kind": item.media_type,
            "media": media,
            "poster": absolute(public_url(keys.poster(item.media_id))) if item.card.get("poster") else "",
            "title": item.text("title", self.language),
            "description": item.text("description", self.language),
            "seconds": max(1, round((item.media.duration_ms or 0) / 1000)),
            "published": item.published_at,
        }


class PageSitemap(SiteSitemap):
    """The front page, the kinds and the shelves that have something to show, in both languages."""

    def items(self) -> list[tuple[str, datetime | None]]:
        latest = self.get_latest_lastmod()
        return [(url, latest) for language in LANGUAGES for url in self.addresses(language)]

    def addresses(self, language: str) -> Iterable[str]:
        front = f"{settings.SITE_URL}{addresses.prefix(language)}/gallery"
        yield front
        for kind, page in KIND_PAGES.items():
            if Item.objects.listed().filter(media_type=kind).exists():
                yield f"{front}/{page}"
        for slug in Category.objects.active().filter(item_count__gt=0).values_list("slug", flat=True):
            yield addresses.category_url(slug, language=language)


SECTIONS = {"pages": PageSitemap(), "works": WorkSitemap("en"), "works-th": WorkSitemap("th")}
