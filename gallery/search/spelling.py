"""Which of our own words a misspelt one may have meant.

Words that differ in few letters become equal once a few letters are left out of both, so all shortened
beginnings are kept, and looking one up is a look into an index, however many words there are.
"""

from collections.abc import Iterable
from itertools import combinations

from gallery.models import Spelling, Word
from gallery.models.search import LONGEST_SPELLING
from smartspec.lib import tokens

SHORTEST = 4  # letters of a search word that is corrected
SHORTEST_TWICE = 8  # from here on two letters may be wrong
BATCH = 2_000


def allowance(word: str) -> int:
    """How many letters of it may be wrong."""
    return 0 if len(word) < SHORTEST else 1 if len(word) < SHORTEST_TWICE else 2


def learn(texts: Iterable[str]) -> None:
    """Remember the Latin words of these texts. Known ones cost one look."""
    words = {word for word in tokens.spellings(texts) if len(word) >= SHORTEST - 1}
    known = set(Word.objects.filter(word__in=words).values_list("word", flat=True)) if words else set()
    new = sorted(words - known)
    if not new:
        return
    Word.objects.bulk_create(map(Word, new), ignore_conflicts=True, batch_size=BATCH)
    rows = [Spelling(text=text, word_id=word) for word in new for text in shortened(word)]
    Spelling.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)


def shortened(word: str, letters: int = 2) -> set[str]:
    """The word's beginning, with up to `letters` letters left out."""
    start = word[:LONGEST_SPELLING]
    kept = range(max(1, len(start) - letters), len(start) + 1)
    return {"".join(choice) for size in kept for choice in combinations(start, size)}


def nearest(words: Iterable[str]) -> dict[str, list[str]]:
    """For each word, ours within its allowance, the nearest first; not the word itself. One query for all."""
    starts = {word: shortened(word, allowance(word)) for word in words if allowance(word)}
    if not starts:
        return {}
    wanted = set().union(*starts.values())
    kept: dict[str, set[str]] = {}
    for start, ours in Spelling.objects.filter(text__in=wanted).values_list("text", "word"):
        kept.setdefault(start, set()).add(ours)
    return {
        word: ranked(word, set().union(*(kept.get(start, ()) for start in own)))
        for word, own in starts.items()
    }


def ranked(word: str, alike: set[str]) -> list[str]:
    """Those that are near enough; what begins otherwise comes last of its distance."""
    far = {other: distance(word, other) for other in alike if other != word}
    near = [other for other, letters in far.items() if letters <= allowance(word)]
    return sorted(near, key=lambda other: (far[other], other[0] != word[0], other))


def distance(one: str, other: str) -> int:
    """Letters to add, drop, change, or swap with the next."""
    before, above = [], list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, its in enumerate(other, 1):
            step = min(above[column] + 1, line[-1] + 1, above[column - 1] + (letter != its))
            if row > 1 < column and (letter, its) == (other[column - 2], one[row - 2]):
                step = min(step, before[column - 2] + 1)
            line.append(step)
        before, above = above, line
    return above[-1]
