"""What the sitemap says of one work. Ten thousand of these are a file, so rows come as text that fits."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import quote
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Case, QuerySet, TextField, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from gallery import addresses
from gallery.indexing import NEEDED, are_enough
from gallery.models import Item
from gallery.models.indexing import as_column, is_first_of_its_kind
from gallery.printable import printable
from smartspec.lib import thai
from storage_app import keys
from storage_app.placing import absolute
from storage_app.storages import public_url

NO_TRANSLATIONS = "{}"
CHUNK = 500  # rows in memory at once
LONGEST_DESCRIPTION = 2048  # of a video
CRITICAL = re.compile("[&<>\x00-\x1f\ufffe\uffff]")


class Work(NamedTuple):
    """A listed work as it is read, for files in every language; moments as the database writes them."""

    slug: str
    language: str
    title: str
    description: str
    alt_text: str
    translations: str  # JSON
    is_first: bool  # of those that hardly differ
    updated: str  # in UTC
    published: str
    media_type: str
    original: str | None  # key of the file
    card: str  # JSON, of videos only


class Row(NamedTuple):
    """What one file tells of a work: its texts are in the language of the file."""

    slug: str
    title: str
    about: str
    updated: str
    published: str
    media_type: str
    original: str | None
    card: str


def read(items: QuerySet[Item]) -> Iterator[Work]:
    """One query, row by row. The rules about texts are not asked there: that takes as long again."""
    columns = {
        "said": Cast("translations", TextField()),
        "is_first": as_column(is_first_of_its_kind(settings.LANGUAGE_CODE, Item)),
        "updated": Cast("updated_at", TextField()),
        "published": Cast("published_at", TextField()),
        "original": KT("card__original"),
        "film": Case(
            When(media_type="video", then=Cast("card", TextField())),
            default=Value(""),
            output_field=TextField(),
        ),
    }
    texts = ("slug", "language", *NEEDED, "said")
    facts = ("is_first", "updated", "published", "media_type", "original", "film")
    found = items.annotate(**columns).values_list(*texts, *facts)
    return map(Work._make, found.iterator(chunk_size=CHUNK))


class Teller:
    """Hears of works one by one and keeps only what the file of its language says of them."""

    def __init__(self, language: str):
        self.language = language
        self.entry = writer(language).entry
        self.told: list[str] = []
        self.doubtful: dict[str, Row] = {}  # by slug

    def hear(self, work: Work) -> None:
        texts = said(work, self.language) if work.is_first else None
        is_enough = are_enough(texts) if texts else False
        if is_enough is False:
            return
        row = Row(work.slug, trimmed(texts["title"]), trimmed(texts["description"]), *work[-5:])
        if is_enough:
            self.told.append(self.entry(row))
        else:
            self.doubtful[work.slug] = row

    def entries(self) -> list[str]:
        """Of all works that search engines are sent to; the database decides about those in doubt."""
        if self.doubtful:
            asked = Item.objects.indexable(self.language).filter(slug__in=self.doubtful)
            sure = asked.values_list("slug", flat=True)
            self.told += [self.entry(self.doubtful[slug]) for slug in sure]
            self.doubtful.clear()
        return self.told


def said(work: Work, language: str) -> dict[str, Any] | None:
    """The work's texts in that language; None where there are none."""
    if work.language == language:
        return {"title": work.title, "description": work.description, "alt_text": work.alt_text}
    if work.translations == NO_TRANSLATIONS:
        return None
    translated = json.loads(work.translations).get(language) or {}
    return {name: translated.get(name, "") for name in NEEDED}


def trimmed(text: Any) -> str:
    return str(text).strip(" ")


@dataclass(frozen=True)
class Writer:
    """Entries in one language; `files` is where public files begin."""

    pages: str
    files: str

    def entry(self, row: Row) -> str:
        slug = row.slug if row.slug.isascii() else quote(row.slug)
        return (
            f"<url><loc>{self.pages}{slug}</loc><lastmod>{moment(row.updated)}</lastmod>"
            f"<changefreq>weekly</changefreq><priority>0.8</priority>{self.media(row)}</url>\n"
        )

    def media(self, row: Row) -> str:
        """Nothing for sounds, and for works whose files are gone."""
        if row.media_type == "image" and row.original:
            return (
                f"<image:image><image:loc>{self.files}{row.original}</image:loc><image:caption>"
                f"{clean(row.about)}</image:caption><image:title>{clean(row.title)}</image:title></image:image>"
            )
        return self.video(row, json.loads(row.card)) if row.media_type == "video" else ""

    def video(self, row: Row, card: dict) -> str:
        if not card.get("poster"):
            return ""
        seconds = max(1, round((card.get("duration_ms") or 0) / 1000))
        return (
            f"<video:video><video:thumbnail_loc>{self.files}{keys.poster(card['id'])}</video:thumbnail_loc>"
            f"<video:title>{clean(row.title)}</video:title><video:description>"
            f"{clean(thai.cut(row.about, LONGEST_DESCRIPTION))}</video:description><video:content_loc>"
            f"{self.files}{row.original}</video:content_loc><video:duration>{seconds}</video:duration>"
            f"<video:publication_date>{moment(row.published)}</video:publication_date>"
            f"<video:family_friendly>yes</video:family_friendly></video:video>"
        )


def writer(language: str) -> Writer:
    """Keys of files are made of ids and need no quoting, only their common beginning does."""
    return Writer(
        pages=f"{addresses.absolute(addresses.front(language))}/",
        files=escape(absolute(public_url(""))),
    )


def moment(text: str) -> str:
    """To the second, as the web writes it."""
    return f"{text[:10]}T{text[11:19]}+00:00"


def clean(text: str) -> str:
    return escape(printable(text)) if CRITICAL.search(text) else text
