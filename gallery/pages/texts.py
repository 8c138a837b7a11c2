"""In which language an item speaks on a page."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Texts(NamedTuple):
    title: str
    description: str
    alt: str
    lang: str  # the language of these texts
    is_native: bool  # whether that is the language of the page


def of_item(item: Any, language: str) -> Texts:
    """The texts of an Item in `language`, else in its own."""
    words = translated(item.translations, language) if item.language != language else None
    if words is None:
        native = item.language == language
        return Texts(item.title, item.description, item.alt_text, item.language, native)
    return Texts(words["title"], words.get("description", ""), words.get("alt_text", ""), language, True)


def translated(translations: Mapping[str, Mapping[str, str]], language: str) -> Mapping[str, str] | None:
    """The translation, when there is one worth the name: a title is the least."""
    words = translations.get(language)
    return words if words and words.get("title") else None
