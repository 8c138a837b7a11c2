"""Which address an item gets: the title's words, one per item, never given twice."""

from collections.abc import Iterator
from itertools import count

from django.db import IntegrityError, transaction

from accounts.models import User
from gallery import decisions
from gallery.errors import SlugTaken
from gallery.models import Item, OldSlug
from smartspec.lib import thai

LIMIT = 80  # code points
NAMELESS = "work"  # when a title has no letter and no digit
RESERVED = frozenset(
    {"images", "videos", "audio", "category", "categories", "search", "featured", "feed", "sitemap"}
    | {"model", "archive", "embed", "report", "like", "view", "page"}
)


def slugify(text: str, *, limit: int = LIMIT) -> str:
    """At most `limit` code points, ending with a whole cluster, and a whole word where words are spaced."""
    words = thai.hyphenated(text)
    short = thai.cut(words, limit)
    before, hyphen, _cut_word = short.rpartition("-")
    torn = len(short) < len(words) and words[len(short)] != "-" and not thai.is_thai(words[len(short)])
    if torn and hyphen and len(before) > limit // 2:
        short = before
    return short.strip("-")


def candidates(base: str) -> Iterator[str]:
    yield base
    for number in count(2):
        suffix = f"-{number}"
        yield slugify(base, limit=LIMIT - len(suffix)) + suffix


def is_free(slug: str, *, item: Item | None = None) -> bool:
    """Whether nobody but `item` has or ever had this slug.

    Current slugs are asked first: a rename that commits between the two questions is seen by one of them.
    """
    if slug in RESERVED:
        return False
    others = Item.objects.filter(slug=slug), OldSlug.objects.filter(slug=slug)
    if item is not None:
        others = others[0].exclude(pk=item.pk), others[1].exclude(item=item)
    return not any(rows.exists() for rows in others)


def slug_for(title: str) -> str:
    base = slugify(title) or NAMELESS
    return next(slug for slug in candidates(base) if is_free(slug))


def rename(item: Item, text: str, *, by: User) -> bool:
    """Give `item` the address that `text` makes; the old one redirects for ever."""
    slug = slugify(text)
    if slug == item.slug:
        return False
    if not slug or not is_free(slug, item=item):
        raise SlugTaken
    try:
        with transaction.atomic():
            OldSlug.objects.get_or_create(slug=item.slug, defaults={"item": item})
            return decisions.write(item, by=by, action="rename", slug=slug)
    except IntegrityError as error:  # somebody took it in the same moment
        raise SlugTaken from error
