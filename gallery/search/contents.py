"""What of a work can be found."""

from typing import Any

from gallery import kinship
from smartspec.lib import tokens


def texts_of(item) -> list[str]:
    """Everything that a search looks through: all languages, and the prompt where it is shown."""
    found = [item.title, item.description, *item.keywords]
    for said in item.translations.values():
        found += [said.get("title", ""), said.get("description", "")]
    return [str(text) for text in [*found, kinship.public_prompt(item)] if text]


def entry_of(item) -> dict[str, Any]:
    """The columns of the item's search entry, but for its cluster."""
    text = tokens.text(texts_of(item))
    return {
        "published_at": item.published_at,
        "media_type": item.media_type,
        "runs": text.runs,
        "tokens": text.tokens,
    }
