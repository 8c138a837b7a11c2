"""Addresses of public pages, without asking the URL tables for every item of a list."""

from urllib.parse import quote

from django.conf import settings

from gallery.models import Item


def prefix(language: str) -> str:
    return "" if language == settings.LANGUAGE_CODE else f"/{language}"


def item_url(slug: str, *, language: str = settings.LANGUAGE_CODE) -> str:
    return f"{settings.SITE_URL}{prefix(language)}/gallery/{quote(slug)}"


def category_url(slug: str, *, language: str = settings.LANGUAGE_CODE) -> str:
    return f"{settings.SITE_URL}{prefix(language)}/gallery/category/{quote(slug)}"


def own_language(item: Item) -> str:
    """The language whose page search engines are sent to: English where there is an English text."""
    return settings.LANGUAGE_CODE if item.text("title", settings.LANGUAGE_CODE) else item.language
