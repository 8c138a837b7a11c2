"""What a person calls a file: shown to them again, and never part of a key or a path."""

import unicodedata

LONGEST = 255


def cleaned(name: str) -> str:
    """The last part of a path, without anything that is not seen; empty when nothing is left."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(letter for letter in unicodedata.normalize("NFC", last) if letter.isprintable())
    return "" if seen.strip(" .") == "" else seen.strip()[:LONGEST]
