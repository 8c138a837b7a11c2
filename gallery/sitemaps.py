"""What search engines are told of, as sections of Django's own sitemap framework."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import EmptyPage
from django.db.models import Max, Q

from gallery import addresses, sitemap_parts
from gallery.models import Category, Item, SitemapPart

KIND_PAGES = {"image": "images", "video": "videos", "audio": "audio"}
WORKS = re.compile(r"works(?:-(?P<language>th))?-(?P<number>[1-9][0-9]{0,6})")


class Address(NamedTuple):
    location: str  # absolute, beginning with SITE_URL whatever host was asked
    lastmod: datetime | None


class OnePage:
    """A section is one file: its range of keys says what is in it, and nobody counts."""

    num_pages = 1
    page_range = range(1, 2)

    def validate(self, number: int | str) -> None:
        if str(number) != "1":
            raise EmptyPage


class SiteSitemap(Sitemap):
    paginator = OnePage()


class WorkSitemap(SiteSitemap):
    """One part of the works in one language, already written: its only entry is the whole file, gzipped."""

    def __init__(self, number: int, language: str, changed_at: datetime | None = None):
        self.number, self.language, self.changed_at = number, language, changed_at

    def get_latest_lastmod(self) -> datetime | None:
        return self.changed_at

    def get_urls(self, page=1, site=None, protocol=None) -> list[bytes]:
        self.paginator.validate(page)
        part = sitemap_parts.written(self.number, self.language)
        if part is None:
            raise EmptyPage
        self.changed_at = part.changed_at
        return [bytes(part.body)]


class PageSitemap(SiteSitemap):
    """The front page, the kinds and the shelves that have something to show."""

    def get_latest_lastmod(self) -> datetime | None:
        return SitemapPart.objects.aggregate(latest=Max("changed_at"))["latest"]

    def get_urls(self, page=1, site=None, protocol=None) -> list[Address]:
        self.paginator.validate(page)
        latest = self.get_latest_lastmod()
        return [
            Address(url, latest) for language in sitemap_parts.LANGUAGES for url in self.addresses(language)
        ]

    def addresses(self, language: str) -> Iterator[str]:
        front = f"{settings.SITE_URL}{addresses.prefix(language)}/gallery"
        yield front
        for kind, page in KIND_PAGES.items():
            if Item.objects.listed().filter(media_type=kind).newest().values_list("pk")[:1]:
                yield f"{front}/{page}"
        named = Q() if language == settings.LANGUAGE_CODE else Q(translations__has_key=language)
        shelves = Category.objects.active().filter(named, item_count__gt=0).order_by("slug")
        for slug, texts in shelves.values_list("slug", "translations"):
            if language == settings.LANGUAGE_CODE or texts[language].get("name"):
                yield addresses.category_url(slug, language=language)


def sections() -> dict[str, Sitemap]:
    """Every file that the index names."""
    found: dict[str, Sitemap] = {"pages": PageSitemap()}
    for number, language, changed_at in sitemap_parts.listed():
        found[name_of(number, language)] = WorkSitemap(number, language, changed_at)
    return found


def name_of(number: int, language: str) -> str:
    return f"works-{number}" if language == settings.LANGUAGE_CODE else f"works-{language}-{number}"


def section(name: str) -> Sitemap | None:
    if name == "pages":
        return PageSitemap()
    match = WORKS.fullmatch(name)
    return match and WorkSitemap(int(match["number"]), match["language"] or settings.LANGUAGE_CODE)
