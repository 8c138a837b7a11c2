"""What the sitemap says of one work. Ten thousand of these are a file, so rows come as text that fits."""

import json
import re
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote
from xml.sax.saxutils import escape

from django.db.models import Case, QuerySet, TextField, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from gallery import addresses
from gallery.models import Item
from gallery.models.indexing import as_column, condition, said
from gallery.printable import printable
from smartspec.lib import thai
from storage_app import keys
from storage_app.placing import absolute
from storage_app.storages import public_url

LONGEST_DESCRIPTION = 2048  # of a video
CRITICAL = re.compile("[&<>\x00-\x1f\ufffe\uffff]")


class Row(NamedTuple):
    """Texts are in the language of the file, moments as the database writes them, in UTC."""

    slug: str
    title: str
    about: str
    updated: str
    published: str
    media_type: str
    original: str | None  # key of the file
    card: str  # JSON, of videos only


def rows(items: QuerySet[Item], language: str) -> QuerySet:
    """(whether the sitemap tells of it, *Row) of every work.

    Whether it does is read as a column: as a condition it would lead a planner to read the whole table.
    """
    columns = {
        "is_told": as_column(condition(language, Item)),
        "told_title": said("title", language),
        "told_about": said("description", language),
        "updated": Cast("updated_at", TextField()),
        "published": Cast("published_at", TextField()),
        "original": KT("card__original"),
        "film": Case(
            When(media_type="video", then=Cast("card", TextField())),
            default=Value(""),
            output_field=TextField(),
        ),
    }
    order = ("is_told", "slug", "told_title", "told_about", "updated", "published", "media_type")
    return items.annotate(**columns).values_list(*order, "original", "film")


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
