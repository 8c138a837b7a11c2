"""Words that lead somewhere."""

from typing import NamedTuple


class Link(NamedTuple):
    """`lang` is the language of the text where it is not the page's, else empty."""

    text: str
    href: str
    lang: str = ""


class Leaf(NamedTuple):
    """The last tile of some rows: where to go from here."""

    href: str
    word: str
    note: str = ""
    rel: str = ""
    lang: str = ""
