"""The files of the sitemap: which works stand in which, when one has to be written anew, and its text.

A part holds the works whose search entries have numbers of one range, so it is read by one walk of an
index, and a work stays in its part. Parts are kept as they were last written. Whatever changes a work
raises the version of its parts in the same transaction, so a part of an old version is never served.
"""

import gzip
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from hashlib import blake2b

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils import timezone

from gallery.models import Item, SitemapPart
from gallery.models.indexing import as_column, condition
from gallery.sitemap_entries import Teller, read
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
COMPRESSION = 4
FORMAT = 2  # raised with every change of what is written, so that kept files are written anew


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


def works(number: int) -> QuerySet[Item]:
    """Listed works of that range, in order."""
    last = number * SIZE
    inside = Item.objects.listed().filter(search_entry__id__gt=last - SIZE, search_entry__id__lte=last)
    return inside.order_by("search_entry__id")


def rules() -> str:
    """A name for all settings that a file depends on."""
    said = [FORMAT, settings.SITE_URL, public_url(""), sorted(settings.INDEXABLE_TEXTS.items())]
    return blake2b(repr(said).encode(), digest_size=8).hexdigest()


def is_fresh(part: SitemapPart) -> bool:
    return part.built == part.version and part.rules == rules()


def is_stale(part: SitemapPart) -> bool:
    return not is_fresh(part)


def written(number: int, language: str) -> SitemapPart | None:
    """The part as it is now; None where there is nothing in it."""
    part = SitemapPart.objects.filter(number=number, language=language).first()
    if part is not None and not is_fresh(part):
        write(part)
    return part if part is not None and part.works else None


def write(part: SitemapPart) -> bool:
    """Write the part and keep it; False when it has changed again meanwhile, and was not kept.

    The same works in the other language are written with it where they need it: reading takes longest.
    """
    others = SitemapPart.objects.filter(number=part.number).exclude(pk=part.pk).defer("body")
    parts = [part, *filter(is_stale, others)]
    tellers = [Teller(each.language) for each in parts]
    for work in read(works(part.number)):  # after the versions: what changes from here on is written again
        for teller in tellers:
            teller.hear(work)
    kept, *_others = [keep(each, teller.entries()) for each, teller in zip(parts, tellers, strict=True)]
    return kept


def keep(part: SitemapPart, entries: list[str]) -> bool:
    text = "".join([HEAD, *entries, TAIL]).encode()
    part.body = gzip.compress(text, compresslevel=COMPRESSION, mtime=0)
    part.works, part.built, part.rules = len(entries), part.version, rules()
    unchanged = SitemapPart.objects.filter(pk=part.pk, version=part.version)
    kept = {name: getattr(part, name) for name in ("body", "works", "built", "rules")}
    return bool(unchanged.update(**kept, due_at=None, lease_until=None, tries=0))


def listed() -> Iterator[tuple[int, str, datetime]]:
    """(number, language, when it last changed) of every part that has something in it."""
    for part in SitemapPart.objects.defer("body").order_by("number", "language"):
        if part.works if is_fresh(part) else tells_of_any(part.number, part.language):
            yield part.number, part.language, part.changed_at


def tells_of_any(number: int, language: str) -> bool:
    """Read as a column: as a condition it would lead a planner to read the whole table."""
    is_told = as_column(condition(language, Item))
    asked = works(number).annotate(is_told=is_told).values_list("is_told", flat=True)
    return any(asked.iterator(chunk_size=100))
