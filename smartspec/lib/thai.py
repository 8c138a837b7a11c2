"""Thai (and any other) text as people see it: never parted inside a cluster of letter, vowel and tone."""

import unicodedata

import regex

# A vowel written before its consonant, the consonant with its marks, a vowel written after it.
CLUSTER = regex.compile(r"[\u0E40-\u0E44]*\X[\u0E30\u0E32\u0E45]?")
# Typed in the wrong order or in pieces: looks right, is not found. NFC leaves these alone.
REPAIRS = (
    (regex.compile(r"\u0E4D([\u0E48-\u0E4B]?)\u0E32"), r"\1\u0E33"),  # นํ้า -> น้ำ
    (regex.compile(r"([\u0E48-\u0E4B])\u0E4D\u0E32"), r"\1\u0E33"),
    (regex.compile(r"\u0E40\u0E40"), "\u0e41"),  # เเ -> แ
)
THAI = regex.compile(r"[\u0E00-\u0E7F]")
UNSEEN = regex.compile(r"[\p{Cf}\p{Variation_Selector}'’]")  # joiners, zero-width spaces, apostrophes
NOT_IN_WORDS = regex.compile(r"[^\p{L}\p{N}\p{Mn}\p{Mc}]+")
LOOSE_MARKS = regex.compile(r"(?<![\p{L}\p{N}\p{Mn}\p{Mc}])[\p{Mn}\p{Mc}]+")


def normalise(text: str) -> str:
    """NFC, with the usual Thai typing slips repaired (NFKC would tear SARA AM apart)."""
    text = unicodedata.normalize("NFC", text)
    for pattern, right in REPAIRS:
        text = pattern.sub(right, text)
    return text


def is_thai(text: str) -> bool:
    return THAI.search(text) is not None


def clusters(text: str) -> list[str]:
    """The pieces of `text` that may stand at the end of a line; joined they are the text again."""
    return CLUSTER.findall(text)


def cut(text: str, limit: int, *, ellipsis: str = "") -> str:
    """At most `limit` code points, ending with a whole cluster; `ellipsis` counts and marks a cut."""
    if len(text) <= limit:
        return text
    kept, room = "", limit - len(ellipsis)
    for cluster in clusters(text):
        if len(kept) + len(cluster) > room:
            break
        kept += cluster
    return kept.rstrip() + ellipsis


def hyphenated(text: str) -> str:
    """The words of `text` in lower case with hyphens between them; Thai vowels and tones stay."""
    text = UNSEEN.sub("", normalise(text)).lower()
    return LOOSE_MARKS.sub("", NOT_IN_WORDS.sub("-", text)).strip("-")
