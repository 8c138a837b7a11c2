"""Which works were asked for in similar words.

Of every prompt a few bands are kept. A band is the least of its words under an order of words made up for
that band (minhash), or the least two under two orders: two prompts share the more bands, the more words they
share. One word finds kin in a small gallery, two find the nearer kin in a large one. A band keeps its newest
works only, so asking takes the same few looks into an index at any size.
"""

import hashlib
from collections.abc import Iterable, Mapping

from django.db.models import Count

from gallery.models import PromptBand
from smartspec.lib import tokens

BANDS = 16
FULL = 64  # works in a band
AKIN = 2  # bands that kin share at least: one word in common is chance
PRIME = 2**61 - 1
SHORTEST = 3  # letters of a Latin word that says something
SAYS_LITTLE = frozenset(
    tokens.text(
        [
            "the and with from into onto over under for its this that very some out off near one two three",
            "are was has have being image photo picture style high detail detailed quality",
        ]
    ).tokens
)


def order(name: str) -> tuple[int, int]:
    """Two numbers that make an order of words; always the same ones."""
    digest = hashlib.blake2b(name.encode(), digest_size=16).digest()
    return int.from_bytes(digest[:7]) | 1, int.from_bytes(digest[8:15])


ORDERS = [(order(f"{n} alone"),) for n in range(BANDS // 2)]
ORDERS += [(order(f"{n} first"), order(f"{n} second")) for n in range(BANDS // 2)]


def public_prompt(item) -> str:
    """The prompt, unless its maker keeps it."""
    return item.prompt if item.show_prompt else ""


def bands(prompt: str) -> list[int]:
    """At most BANDS numbers of 63 bits; none for a prompt without a word that says something."""
    numbers = [number_of(word) for word in tokens.text([prompt]).tokens if says_something(word)]
    if not numbers:
        return []
    samples = [tuple(least(numbers, *each) for each in orders) for orders in ORDERS]
    return sorted({number_of(f"{place} {sample}") >> 1 for place, sample in enumerate(samples)})


def least(numbers: list[int], factor: int, shift: int) -> int:
    return min((factor * number + shift) % PRIME for number in numbers)


def says_something(word: str) -> bool:
    return not tokens.LATIN.fullmatch(word) or (len(word) >= SHORTEST and word not in SAYS_LITTLE)


def number_of(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest())


def keep(entry: int, prompt: str) -> None:
    """Make the bands of this search entry those of its prompt. Part of the caller's transaction."""
    its = bands(prompt)
    PromptBand.objects.filter(entry=entry).exclude(band__in=its).delete()
    add({entry: its})


def add(found: Mapping[int, Iterable[int]]) -> None:
    """Write bands by entry, and let those that are now too full forget their oldest works."""
    rows = [PromptBand(entry_id=entry, band=band) for entry, its in found.items() for band in its]
    PromptBand.objects.bulk_create(rows, ignore_conflicts=True)
    trim({row.band for row in rows})


def trim(touched: Iterable[int]) -> None:
    counted = PromptBand.objects.filter(band__in=touched).values("band").annotate(works=Count("entry"))
    for band in counted.filter(works__gt=FULL).values_list("band", flat=True):
        its = PromptBand.objects.filter(band=band).order_by("-entry_id")
        oldest_kept = its.values_list("entry_id", flat=True)[FULL - 1]
        its.filter(entry_id__lt=oldest_kept).delete()
