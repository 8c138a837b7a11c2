"""How texts and queries are taken apart for finding: one way for both, whatever the database.

A *word* is what stands between spaces and marks: lower case, without accents, its plural undone. A *run*
is a stretch of a script that is written without spaces (Thai above all): tone marks are folded away, and
it is indexed by its pairs of letters, so that `กรุงเทพ` is found inside a longer run.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from smartspec.lib import thai

LONGEST_WORD = 64  # code points; longer ones are cut, here and in queries alike
MOST_PIECES = 16  # of a query
LATIN = regex.compile(r"[a-z]+")

_UNSPACED = "[" + "".join(rf"\p{{Script={name}}}" for name in ("Thai", "Lao", "Khmer", "Myanmar")) + "]"
_IDEOGRAPHS = r"[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]"
_REPEATED = "ฯๆ"  # stand for something left out or said twice; nobody types them into a search
_RUN = rf"[[{_UNSPACED}{_IDEOGRAPHS}]&&[\p{{L}}\p{{M}}]--[{_REPEATED}]]"
PIECE = regex.compile(rf"(?V1)(?P<run>{_RUN}+)|[[\p{{L}}\p{{N}}\p{{M}}]--{_RUN}--[{_REPEATED}]]+")
TONES = regex.compile(r"[\u0E47-\u0E4C\u0E4E]")
ANY_TONES = r"[\u0E47-\u0E4C\u0E4E]*"
KEPT = ("L", "N", "Mc")  # categories; whatever else a letter may fall apart into would end a token
DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
PLURALS = (  # the first that fits is applied, from four letters on
    (regex.compile(r"(?:ies|ie|y)$"), "i"),
    (regex.compile(r"(x|ch|sh|ss)es$"), r"\1"),
    (regex.compile(r"(ss|us|is)$"), r"\1"),
    (regex.compile(r"s$"), ""),
)


@dataclass(frozen=True)
class Query:
    """What has to be found, all of it: `words` exactly, `runs` anywhere inside a run."""

    words: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.runs)

    @property
    def tokens(self) -> list[str]:
        return sorted({*self.words, *(pair for run in self.runs for pair in pairs(run))})

    @property
    def letters(self) -> list[str]:
        """Runs of a single letter: the beginnings of indexed pairs."""
        return [run for run in self.runs if len(run) == 1]


@dataclass(frozen=True)
class Text:
    """What is indexed of a text: `tokens` for the index, `runs` for making sure afterwards."""

    tokens: tuple[str, ...]
    runs: str


def query(text: str) -> Query:
    found = [*pieces(text)][:MOST_PIECES]
    return Query(
        words=tuple(dict.fromkeys(said for said, is_run in found if not is_run)),
        runs=tuple(dict.fromkeys(said for said, is_run in found if is_run)),
    )


def text(parts: Iterable[str]) -> Text:
    """`parts` never run into each other."""
    tokens, runs = set(), {}
    for part in parts:
        for said, is_run in pieces(part):
            if is_run:
                runs[said] = True
                tokens.update((*pairs(said), said[-1]))  # the last letter begins no pair
            else:
                tokens.add(said)
    return Text(tuple(sorted(tokens)), " ".join(runs))


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """(folded word or run, is it a run?) in order."""
    for match in PIECE.finditer(readable(text)):
        folded = fold(match)
        if folded:
            yield folded, match["run"] is not None


def readable(text: str) -> str:
    """As people read it: what is not seen is gone, and typing slips are repaired."""
    return thai.normalise(thai.UNSEEN.sub("", text))


def fold(match: regex.Match) -> str:
    return TONES.sub("", match[0]) if match["run"] else singular(plain(match[0]))


def plain(word: str) -> str:
    """Lower case, without accents, digits as everybody types them; ½ is 12, as its stroke is no letter."""
    parts = unicodedata.normalize("NFKD", word.translate(DIGITS).casefold())
    kept = "".join(each for each in parts if unicodedata.category(each).startswith(KEPT))
    return unicodedata.normalize("NFC", kept)[:LONGEST_WORD]


def singular(word: str) -> str:
    """One form for one and many. It need not be a word, only the same for both."""
    if len(word) < 4 or not LATIN.fullmatch(word):
        return word
    for ending, form in PLURALS:
        if ending.search(word):
            return ending.sub(form, word)
    return word


def pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]


def spellings(parts: Iterable[str]) -> set[str]:
    """The Latin words of these texts as they are written, in lower case."""
    found = (plain(match[0]) for part in parts for match in PIECE.finditer(readable(part)))
    return {word for word in found if LATIN.fullmatch(word)}


def spans(text: str, wanted: Query) -> list[tuple[int, int]]:
    """Where `wanted` stands in `text`, as (start, end) in order and never overlapping."""
    inside = [regex.compile(ANY_TONES.join(map(regex.escape, run)) + ANY_TONES) for run in wanted.runs]
    found = []
    for match in PIECE.finditer(text):
        if match["run"]:
            found += [hit.span() for pattern in inside for hit in pattern.finditer(text, *match.span())]
        elif fold(match) in wanted.words:
            found.append(match.span())
    return merged(found)


def merged(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
