"""The pages that are not about one work, as the sitemap tells of them: each with its newest work's date."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from django.conf import settings
from django.db.models import OuterRef, Subquery

from gallery import addresses
from gallery.archive import Month, looked_up, newest_by_month
from gallery.models import Category, Item, ItemCategory
from gallery.pages.about_texts import PAGES
from gallery.shelves import Shelf, category_tree
from generation.catalogue import ALL_MODELS

ABOUT = {f"about/{name}": text.changed for name, text in PAGES.items()}
FORMS = {"takedown": date(2026, 11, 24), "verify": date(2026, 11, 25)}  # when their words last changed


class Address(NamedTuple):
    location: str  # absolute, beginning with SITE_URL whatever host was asked
    lastmod: datetime | None


class Dates(NamedTuple):
    """When the newest work came, of those that have one."""

    front: datetime | None
    kinds: dict[str, datetime]
    models: dict[str, datetime]
    months: dict[Month, datetime]
    shelves: list[tuple[Shelf, datetime]]


def pages() -> list[Address]:
    """Every page that has something to show, in every language that it has words in; five queries."""
    known = dates()
    return [
        Address(addresses.absolute(path), when)
        for language, _name in settings.LANGUAGES
        for path, when in paths(known, language)
    ]


def paths(known: Dates, language: str) -> Iterator[tuple[str, datetime | None]]:
    yield addresses.front(language), known.front
    for kind, when in known.kinds.items():
        yield addresses.kind(kind, language), when
    for shelf, when in known.shelves:
        if language == settings.LANGUAGE_CODE or shelf.translations.get(language, {}).get("name"):
            yield addresses.category(shelf.slug, language), when
    for model, when in known.models.items():
        yield addresses.model(model, language), when
    if known.months:
        yield addresses.archive(language), known.front
    for month, when in known.months.items():
        yield addresses.month(*month, language), when
    for name, day in (ABOUT | FORMS).items():
        yield addresses.site(name, language), datetime.combine(day, time(), UTC)


def latest() -> datetime | None:
    """When the newest of all works came."""
    return Item.objects.listed().newest().values_list("published_at", flat=True).first()


def dates() -> Dates:
    listed = Item.objects.listed().order_by("-published_at").values("published_at")
    looks = {"front": listed} | {f"kind_{kind}": listed.filter(media_type=kind) for kind in addresses.KINDS}
    looks |= {f"model_{n}": listed.filter(model_id=model) for n, model in enumerate(ALL_MODELS)}
    found = looked_up(**{name: Subquery(rows[:1]) for name, rows in looks.items()}) or {}
    return Dates(
        front=found.get("front"),
        kinds={kind: when for kind in addresses.KINDS if (when := found.get(f"kind_{kind}"))},
        models={model: when for n, model in enumerate(ALL_MODELS) if (when := found.get(f"model_{n}"))},
        months=newest_by_month(),
        shelves=list(dated_shelves()),
    )


def dated_shelves() -> Iterator[tuple[Shelf, datetime]]:
    """From the top of the tree downwards, without those that stand below a closed one."""
    placed = ItemCategory.objects.filter(category=OuterRef("pk"), published_at__isnull=False)
    newest = Subquery(placed.order_by("-published_at").values("published_at")[:1])
    dated = Category.objects.active().filter(item_count__gt=0).annotate(newest=newest)
    known = dict(dated.filter(newest__isnull=False).values_list("pk", "newest"))
    for shelf in walk(category_tree()):
        if shelf.id in known:
            yield shelf, known[shelf.id]


def walk(shelves: list[Shelf]) -> Iterator[Shelf]:
    for shelf in shelves:
        yield shelf
        yield from walk(shelf.children)
