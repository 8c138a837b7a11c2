"""What search engines are told of, as sections of Django's own sitemap framework."""

import re
from datetime import datetime

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import EmptyPage

from gallery import sitemap_pages, sitemap_parts
from gallery.sitemap_pages import Address

WORKS = re.compile(r"works(?:-(?P<language>th))?-(?P<number>[1-9][0-9]{0,6})")


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
    """Everything that is not about one work."""

    def get_latest_lastmod(self) -> datetime | None:
        return sitemap_pages.latest()

    def get_urls(self, page=1, site=None, protocol=None) -> list[Address]:
        self.paginator.validate(page)
        return sitemap_pages.pages()


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
