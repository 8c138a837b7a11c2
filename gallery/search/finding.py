"""What a search finds, and what it is taken to mean when it finds nothing."""

from typing import NamedTuple

from gallery import listing
from gallery.listing import PAGE_SIZE, Listing
from gallery.models import Category
from gallery.search import spelling
from gallery.search.held import that_find
from gallery.walking import take
from smartspec.lib import thai, tokens

CHOICES = 5  # corrections of one word that are tried
SUGGESTED = 6


class Found(NamedTuple):
    """`corrected` is what was searched for instead of `q`; `words` are what to highlight."""

    listing: Listing
    corrected: str | None
    words: list[str]


def find(*, q: str, media_type: str | None = None, page: int = 1, limit: int = PAGE_SIZE) -> Found:
    """One page of works that have everything in `q`, newest first."""
    found = listing.cards(q=q or " ", media_type=media_type, page=page, limit=limit)
    corrected = None if found.items or (page > 1 and finds(q)) else correction(q)
    if corrected:
        found = listing.cards(q=corrected, media_type=media_type, page=page, limit=limit)
    return Found(found, corrected, words(corrected or q))


def words(q: str) -> list[str]:
    """The words and runs of `q` as they were typed."""
    return [match[0] for match in tokens.PIECE.finditer(tokens.readable(q))][: tokens.MOST_PIECES]


def meant(q: str) -> str | None:
    """What to search for instead of `q`; None where `q` finds something, or nothing near it does."""
    return None if finds(q) else correction(q)


def finds(q: str) -> bool:
    return bool(take(listing.asked(q=q), size=1).rows) if q else False


def correction(q: str) -> str | None:
    """`q` with every Latin word that nothing has replaced by the nearest of ours; None if that is no help."""
    changes = corrected(words(q))
    if not changes:
        return None
    text = tokens.PIECE.sub(lambda match: changes.get(match[0], match[0]), tokens.readable(q))
    return text if finds(text) else None


def corrected(said: list[str]) -> dict[str, str]:
    """The nearest of our words that finds something, for each that finds nothing itself."""
    plain = {word: tokens.plain(word) for word in said}
    doubtful = {word: text for word, text in plain.items() if is_correctable(text)}
    known = that_find(doubtful.values())
    near = spelling.nearest(text for text in doubtful.values() if text not in known)
    tried = {text: choices[:CHOICES] for text, choices in near.items()}
    helpful = that_find(choice for choices in tried.values() for choice in choices)
    best = {text: next(filter(helpful.__contains__, choices), None) for text, choices in tried.items()}
    return {word: better for word, text in doubtful.items() if (better := best.get(text))}


def is_correctable(text: str) -> bool:
    return bool(spelling.allowance(text) and tokens.LATIN.fullmatch(text))


def suggestions(q: str) -> list[str]:
    """Searches that find something, for whoever found nothing: parts of this one, then subjects."""
    said, fullest = words(q), subjects(q)
    helpful = that_find([*said, *fullest])
    parts = [word for word in said if len(said) > 1 and word in helpful]
    near = corrected([word for word in said if word not in helpful])
    offered = [*parts, *near.values(), *filter(helpful.__contains__, fullest)]
    return list(dict.fromkeys(offered))[:SUGGESTED]


def subjects(q: str) -> list[str]:
    """The names of the fullest shelves, in the language of `q`."""
    fullest = Category.objects.active().filter(item_count__gt=0).order_by("-item_count", "name")
    language = "th" if thai.is_thai(q) else "en"
    named = fullest.values_list("name", f"translations__{language}__name")[:SUGGESTED]
    return [translated or name for name, translated in named]
