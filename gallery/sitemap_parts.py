"""The files of the sitemap: which works stand in which, when one has to be written anew, and its text.

A part holds the works whose search entries have numbers of one range, so it is read by one walk of an
index, and a work stays in its part. Parts are kept as they were last written. Whatever changes a work
raises the version of its parts in the same transaction, so a part of an old version is never served.
"""

import gzip
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils import timezone

from gallery import addresses
from gallery.models import Item, SitemapPart
from gallery.models.indexing import as_column, condition
from gallery.printable import printable
from smartspec.lib import thai
from storage_app import keys
from storage_app.placing import absolute
from storage_app.storages import public_url

SIZE = 10_000  # works in a part, at most
REST = timedelta(minutes=1)  # before the worker writes a changed part; whoever asks earlier writes it
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
    ' xmlns:video="http://www.google.com/schemas/sitemap-video/1.1">\n'
)
TAIL = "</urlset>\n"
LONGEST_DESCRIPTION = 2048  # of a video


class Row(NamedTuple):
    slug: str
    language: str
    title: str
    description: str
    translations: dict
    updated_at: datetime
    published_at: datetime
    media_type: str
    card: dict

    def text(self, name: str, language: str) -> str:
        own = getattr(self, name) if language == self.language else ""
        return own or self.translations.get(language, {}).get(name, "")


def mark(entry_ids: Iterable[int]) -> None:
    """These works may look different in the sitemap now. Part of the caller's transaction."""
    now = timezone.now()
    for number in sorted({part_of(pk) for pk in entry_ids}):  # in one order, so that nobody waits in a circle
        parts = SitemapPart.objects.filter(number=number)
        if not parts.update(version=F("version") + 1, changed_at=now, due_at=now + REST):
            SitemapPart.objects.bulk_create(
                (
                    SitemapPart(number=number, language=language, changed_at=now, due_at=now + REST)
                    for language in LANGUAGES
                ),
                ignore_conflicts=True,
            )


def part_of(entry_id: int) -> int:
    return (entry_id - 1) // SIZE + 1


def works(number: int, language: str) -> QuerySet:
    """Listed works of that range in order, as (whether the sitemap tells of it, *Row).

    Whether it does is read as a column: as a condition it would lead a planner to read the whole table.
    """
    last = number * SIZE
    inside = Item.objects.listed().filter(search_entry__id__gt=last - SIZE, search_entry__id__lte=last)
    rows = inside.annotate(is_told=as_column(condition(language, Item))).order_by("search_entry__id")
    return rows.values_list("is_told", *Row._fields)


def written(number: int, language: str) -> SitemapPart | None:
    """The part as it is now; None where there is nothing in it."""
    part = SitemapPart.objects.filter(number=number, language=language).first()
    if part is not None and part.built != part.version:
        write(part)
    return part if part is not None and part.works else None


def write(part: SitemapPart) -> bool:
    """Write the part and keep it; False when it has changed again meanwhile, and was not kept."""
    rows = works(part.number, part.language)
    entries = [entry(Row(*row), part.language) for is_told, *row in rows if is_told]
    body = gzip.compress("".join([HEAD, *entries, TAIL]).encode(), compresslevel=5, mtime=0)
    part.body, part.works, part.built = body, len(entries), part.version
    unchanged = SitemapPart.objects.filter(pk=part.pk, version=part.version)
    kept = {"body": body, "works": part.works, "built": part.built}
    return bool(unchanged.update(**kept, due_at=None, lease_until=None, tries=0))


def listed() -> Iterator[tuple[int, str, datetime]]:
    """(number, language, when it last changed) of every part that has something in it."""
    columns = ("number", "language", "changed_at", "works", "built", "version")
    for number, language, changed_at, count, built, version in SitemapPart.objects.order_by(
        "number", "language"
    ).values_list(*columns):
        if count if built == version else tells_of_any(number, language):
            yield number, language, changed_at


def tells_of_any(number: int, language: str) -> bool:
    return any(is_told for is_told, *_row in works(number, language).iterator(chunk_size=100))


def entry(row: Row, language: str) -> str:
    location = addresses.item_url(row.slug, language=language)
    return (
        f"<url><loc>{location}</loc><lastmod>{row.updated_at.isoformat(timespec='seconds')}</lastmod>"
        f"<changefreq>weekly</changefreq><priority>0.8</priority>{media(row, language)}</url>\n"
    )


def media(row: Row, language: str) -> str:
    title, about = clean(row.text("title", language)), clean(row.text("description", language))
    url = escape(absolute(public_url(row.card["original"]))) if "original" in row.card else ""
    if row.media_type == "image" and url:
        return (
            f"<image:image><image:loc>{url}</image:loc><image:caption>{about}</image:caption>"
            f"<image:title>{title}</image:title></image:image>"
        )
    if row.media_type == "video" and row.card.get("poster"):
        poster = escape(absolute(public_url(keys.poster(row.card["id"]))))
        seconds = max(1, round((row.card.get("duration_ms") or 0) / 1000))
        about = clean(thai.cut(row.text("description", language), LONGEST_DESCRIPTION))
        return (
            f"<video:video><video:thumbnail_loc>{poster}</video:thumbnail_loc><video:title>{title}</video:title>"
            f"<video:description>{about}</video:description><video:content_loc>{url}</video:content_loc>"
            f"<video:duration>{seconds}</video:duration><video:publication_date>"
            f"{row.published_at.isoformat(timespec='seconds')}</video:publication_date>"
            f"<video:family_friendly>yes</video:family_friendly></video:video>"
        )
    return ""


def clean(text: str) -> str:
    return escape(printable(text))
